import type { Command } from 'commander';
import { Provisioner } from '../../dataverse/provisioning/provisioner.js';
import type { WishedState } from '../../dataverse/provisioning/wished/wished-state.js';
import type { CliContext } from '../cli-context.js';
import { CommandError } from '../command.error.js';
import { addEndpointsOptions, type EndpointsOptions, wishedEndpoints } from '../endpoints/endpoints-options.js';
import { ExitCode } from '../exit-codes.js';
import { findDefinition } from '../find-definition.js';
import { loadCatalog } from '../load-catalog.js';
import type { Dataverse } from './connect-dataverse.js';
import { takenOver } from './taken-over.js';
import { addWishOptions, type WishOptions, wishByOptions } from './wish-by-options.js';

/** The options that `plan`, `apply` and `verify` share. */
export interface ProvisioningOptions extends EndpointsOptions, WishOptions {
  readonly event?: readonly string[];
  readonly createSolution?: true;
  readonly json?: true;
}

export function addProvisioningOptions(command: Command, { writes }: { readonly writes: boolean }): Command {
  command.option('--event <name>', 'only this event type; may be given several times', collect);
  addWishOptions(command).option('--json', 'answer in JSON');
  if (writes)
    command.option('--create-solution', 'create the solution, and a publisher of the prefix, where there is none');
  return addEndpointsOptions(command, { writes });
}

/** The wished state by the options, and the provisioner for it. */
export interface Provisioning {
  readonly wished: WishedState;
  readonly provisioner: Provisioner;
  /** Every event type, also those that were not asked for. */
  readonly types: readonly string[];
}

/** Throws `CommandError` for faults of the options or the definitions; sends no request to Dataverse. */
export async function provisioningFor(
  context: CliContext,
  { tables, solution }: Dataverse,
  options: ProvisioningOptions,
): Promise<Provisioning> {
  const { catalog, prefix } = await loadCatalog(context);
  const { event: only, prune = false, writeSecrets = false, createSolution = false } = options;
  if (prune && only !== undefined) {
    throw new CommandError(
      ExitCode.Usage,
      '--prune deletes steps that no event type wishes, and --event leaves event types out: give one of them.',
    );
  }
  if (createSolution && solution === null) {
    throw new CommandError(ExitCode.Usage, '--create-solution needs a name for it: DATAVERSE_SOLUTION is not set.');
  }
  const definitions =
    only === undefined ? catalog.definitions : [...new Set(only.map((name) => findDefinition(catalog, name)))];
  const wishedHere = wishedEndpoints(options, catalog.types, context);
  const wished = wishByOptions(definitions, options, { prefix, solution });
  const takeOver = takenOver(options.takeOver ?? [], { ...wished, ...wishedHere });
  const wishes = { ...wishedHere, takeOver, prune, writeSecrets, createSolution, isNarrowed: only !== undefined };
  return { wished, provisioner: new Provisioner(tables, wished, wishes), types: catalog.types };
}

function collect(name: string, before: readonly string[] = []): readonly string[] {
  return [...before, name];
}
