import { type Command, Option } from 'commander';
import type { CliContext } from './cli-context.js';
import { commandGroup } from './command-group.js';
import { withDataverse } from './dataverse/connect-dataverse.js';
import { Interruption } from './dataverse/interruption.js';
import { addProvisioningOptions } from './dataverse/provisioning-options.js';
import { type ApplyCommandOptions, runApply } from './dataverse/run-apply.js';

const HELD =
  'Interrupted while a custom API is deleted and made anew: this goes on until it stands again. Once more ends it at once.\n';

/** `dataverse apply`: brings the environment into the state that the event types need; a second run writes nothing. */
export function registerDataverseApply(program: Command, context: CliContext): void {
  const command = commandGroup(program, 'dataverse', 'the environment that events go to').command('apply');
  addProvisioningOptions(
    command.description('Make custom APIs, catalogs and assignments in Dataverse as the event types need them.'),
    { writes: true },
  )
    .option('--yes', 'do not ask; recreations are agreed to by --recreate alone')
    .addOption(
      new Option(
        '--recreate <name>',
        'agree that this custom API is deleted and made anew, whatever waits for it; may be given several times',
      ).argParser((name: string, before: readonly string[] = []) => [...before, name]),
    )
    .option('--without-gate', 'recreate without pausing gates in the store: they are paused where the gateway runs')
    .action((options: ApplyCommandOptions) => {
      const interruption = new Interruption(context.interruption(), () => context.stderr.write(HELD));
      return withDataverse(
        context,
        (dataverse) => runApply(context, dataverse, { ...options, interruption }),
        interruption,
      );
    });
}
