import type { Command } from 'commander';
import { customApiFor } from '../contract/custom-api.js';
import { checkEnvironment } from '../dataverse/checks/check-environment.js';
import type { CheckStep } from '../dataverse/checks/check-step.js';
import { readHookAuthWays } from '../settings/read-settings.js';
import type { CliContext } from './cli-context.js';
import { CommandError } from './command.error.js';
import { commandGroup } from './command-group.js';
import { type Dataverse, withDataverse } from './dataverse/connect-dataverse.js';
import { showCheckStep } from './dataverse/show-check-step.js';
import { ExitCode } from './exit-codes.js';
import { findDefinition } from './find-definition.js';
import { loadCatalog } from './load-catalog.js';
import { tellWait } from './tell-wait.js';
import { writeJson } from './write-output.js';

interface Options {
  readonly event?: string;
  readonly json?: true;
}

/** The time limit of one try: that is long enough to see what is wrong. */
const TIMEOUT_MS = 20_000;

/** `dataverse check`: whether events would get through; if not, what an administrator has to do. */
export function registerDataverseCheck(program: Command, context: CliContext): void {
  commandGroup(program, 'dataverse', 'the environment that events go to')
    .command('check')
    .description('Walk the way of an event to Dataverse without sending one, and explain what stands in it.')
    .option('--event <name>', 'the custom API of this event type alone')
    .option('--json', 'answer in JSON')
    .action((options: Options) => check(options, context));
}

async function check({ event, json }: Options, context: CliContext): Promise<void> {
  const { catalog, prefix } = await loadCatalog(context);
  const definitions = event === undefined ? catalog.definitions : [findDefinition(catalog, event)];
  const customApis = definitions.map((definition) => customApiFor(definition, prefix).uniqueName);
  const work = async ({ connection, url }: Dataverse) => {
    const expectsReceipts = readHookAuthWays(context.environment).hookAuth !== null;
    const several = connection.applicationUsers.length > 1;
    const steps: CheckStep[] = [];
    const report = (step: CheckStep) => {
      steps.push(step);
      if (json !== true) showCheckStep(context, step, several);
    };
    const signal = new AbortController().signal;
    const onWait = tellWait(context.stderr, `Dataverse (${new URL(url).host})`);
    const isFine = await checkEnvironment({ connection, customApis, expectsReceipts, signal, report, onWait });
    if (json) writeJson(context, { url, ok: isFine, steps });
    return isFine;
  };
  const isWell = await withDataverse(context, work, { timeoutMs: TIMEOUT_MS });
  if (!isWell) throw new CommandError(ExitCode.Failure, 'Events would not all get through.');
}
