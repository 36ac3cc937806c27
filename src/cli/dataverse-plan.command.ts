import type { Command } from 'commander';
import type { FullPlan } from '../dataverse/provisioning/provisioner.js';
import type { CliContext } from './cli-context.js';
import { CommandError } from './command.error.js';
import { commandGroup } from './command-group.js';
import { type Dataverse, withDataverse } from './dataverse/connect-dataverse.js';
import { tellLeftPauses } from './dataverse/left-pauses.js';
import { planBesidePauses } from './dataverse/plan-beside-pauses.js';
import { planJson } from './dataverse/plan-json.js';
import { addProvisioningOptions, type ProvisioningOptions, provisioningFor } from './dataverse/provisioning-options.js';
import { counted } from './dataverse/sentence.js';
import { showPlan } from './dataverse/show-plan.js';
import { storeOfGateway } from './dataverse/store-of-gateway.js';
import { ExitCode } from './exit-codes.js';
import { writeJson } from './write-output.js';

/** `dataverse plan`: what `apply` would do, without doing it. */
export function registerDataversePlan(program: Command, context: CliContext): void {
  const command = commandGroup(program, 'dataverse', 'the environment that events go to').command('plan');
  addProvisioningOptions(
    command.description(
      'Show what is to be done in Dataverse for the event types; ends with 2 where there is anything.',
    ),
    { writes: true },
  ).action((options: ProvisioningOptions) => withDataverse(context, (dataverse) => plan(context, dataverse, options)));
}

async function plan(context: CliContext, dataverse: Dataverse, options: ProvisioningOptions): Promise<void> {
  const store = storeOfGateway(context, dataverse.url);
  const { provisioner } = await provisioningFor(context, dataverse, options);
  const { plan: planned } = await planBesidePauses(provisioner, await tellLeftPauses(context, store));
  const { changes, obstacles } = planned;
  const isNothing = changes.length === 0 && obstacles.length === 0;
  const { url, solution } = dataverse;
  if (options.json) writeJson(context, { environment: url, solution, ...planJson(planned) });
  else {
    context.stdout.write(`${url}, ${solution === null ? 'the default solution' : `solution ${solution}`}\n`);
    showPlan(planned, context.stdout);
    if (isNothing) context.stdout.write('Nothing to do.\n');
  }
  if (isNothing) return;
  const found = [
    ...(changes.length === 0 ? [] : [`${counted(changes.length, 'change')} to make, ${asApplyDoes(planned)}`]),
    ...(obstacles.length === 0
      ? []
      : [`${counted(obstacles.length, 'obstacle')} that \`dataverse apply\` cannot remove`]),
  ];
  throw new CommandError(ExitCode.Differs, `${found.join(', ')}.`);
}

/** What is wished by an option is made by the same one, and nothing that is lost by it without consent. */
function asApplyDoes({ recreations }: Pick<FullPlan, 'recreations'>): string {
  const consent = recreations.map(({ name }) => `, and --recreate ${name}`).join('');
  return `as \`dataverse apply\` does with the same options${consent}`;
}
