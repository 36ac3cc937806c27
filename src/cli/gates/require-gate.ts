import { applicationUserName } from '../../dataverse/dataverse-options.js';
import { userGate } from '../../delivery/gate-name.js';
import type { GateRecord } from '../../outbox/gate-store.js';
import { readApplicationUserIds } from '../../settings/read-settings.js';
import type { CliContext } from '../cli-context.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';
import { loadCatalog } from '../load-catalog.js';

/** `user:<client id>`, `type:<event type>`, or both joined by `+`. */
const GATE_NAME = /^(?:user:(?<user>[^+\s]+))?(?:(?:^|(?<=.)\+)type:(?<type>[A-Za-z0-9.]+))?$/;

/** Whether the gate may belong to an application user that neither the store nor the settings know. */
export interface RequiredGate {
  readonly name: string;
  readonly mayBeNew: boolean;
}

/**
 * Refuses a gate that guards nothing: somebody who misspelt a name would believe that it is paused. Application users
 * are those that the store or this command's settings know; only a pause may name another one, if its author says so.
 */
export async function requireGate(
  context: CliContext,
  { name, mayBeNew }: RequiredGate,
  stored: readonly GateRecord[],
): Promise<void> {
  if (stored.some((gate) => gate.name === name)) return;
  const { user, type } = GATE_NAME.exec(name)?.groups ?? {};
  const { catalog } = await loadCatalog(context);
  if ((user === undefined && type === undefined) || (type !== undefined && catalog.find(type) === null)) {
    throw new CommandError(
      ExitCode.NotFound,
      `There is no gate ${JSON.stringify(name)}: gates are named type:<event type> (${catalog.types.join(', ')}), ` +
        'user:<client id>, or user:<client id>+type:<event type>.',
    );
  }
  if (user === undefined || mayBeNew || isKnown(user, context, stored)) return;
  throw new CommandError(
    ExitCode.NotFound,
    `There is no gate ${JSON.stringify(name)} in this store, and AZURE_CLIENT_ID and DATAVERSE_APPLICATION_USERS name no ` +
      'such application user here: look at the client id. `gates pause --yes` pauses it all the same.',
  );
}

function isKnown(user: string, { environment }: CliContext, stored: readonly GateRecord[]): boolean {
  const name = userGate(user);
  if (stored.some((gate) => gate.name === name || gate.name.startsWith(`${name}+`))) return true;
  return readApplicationUserIds(environment).some((clientId) => applicationUserName({ clientId }) === user);
}
