import type { GateRecord } from '../../outbox/gate-store.js';
import type { CliContext } from '../cli-context.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';
import { loadCatalog } from '../load-catalog.js';

/** `user:<client id>`, `type:<event type>`, or both joined by `+`. */
const GATE_NAME = /^(?:user:(?<user>[^+\s]+))?(?:(?:^|(?<=.)\+)type:(?<type>[A-Za-z0-9.]+))?$/;

/**
 * Refuses a gate that stands before nothing: whoever misspells one would believe that it is paused. Application users
 * are known to the gateway alone, since commands read no credentials: of a new one the command only says so.
 */
export async function requireGate(context: CliContext, name: string, stored: readonly GateRecord[]): Promise<void> {
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
  if (user !== undefined) {
    context.stderr.write(
      `Nothing was ever stored about ${name}; check that the client id is the application user's.\n`,
    );
  }
}
