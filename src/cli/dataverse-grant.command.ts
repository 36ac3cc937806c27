import { randomUUID } from 'node:crypto';
import { type Command, InvalidArgumentError } from 'commander';
import { applyGrant } from '../dataverse/granting/apply-grant.js';
import type { GrantState } from '../dataverse/granting/grant-state.js';
import { type Grant, type GrantPlan, planGrant } from '../dataverse/granting/plan-grant.js';
import { readGrantState } from '../dataverse/granting/read-grant-state.js';
import type { TableClient } from '../dataverse/tables/table-client.js';
import type { CliContext } from './cli-context.js';
import { CommandError } from './command.error.js';
import { commandGroup } from './command-group.js';
import { confirm } from './confirm.js';
import { type Dataverse, withDataverse } from './dataverse/connect-dataverse.js';
import { explainGrantFailure } from './dataverse/explain-grant-failure.js';
import { grantInWords } from './dataverse/grant-in-words.js';
import { neededPrivileges } from './dataverse/needed-privileges.js';
import { ExitCode } from './exit-codes.js';
import { writeJson } from './write-output.js';

interface Options {
  readonly clientId: string;
  readonly role: string;
  readonly businessUnit?: string;
  readonly diagnose?: true;
  readonly yes?: true;
  readonly json?: true;
}

type Interruptible = Options & { readonly signal: AbortSignal };

/** What was asked for, what was found, and the changes that lead from the one to the other. */
interface Granting {
  readonly grant: Grant;
  readonly state: GrantState;
  readonly plan: GrantPlan;
}

/** `dataverse grant`: an application user that may do what the gateway does, and nothing else. */
export function registerDataverseGrant(program: Command, context: CliContext): void {
  commandGroup(program, 'dataverse', 'the environment that events go to')
    .command('grant')
    .description('Create the application user that sends, with a role that has what the gateway needs and no more.')
    .requiredOption('--client-id <id>', 'the application (client) id of its app registration', guid)
    .option('--role <name>', 'the security role it gets; made where there is none', 'Business Events Gateway')
    .option('--business-unit <id>', 'where a new user and role belong; without it the root business unit', guid)
    .option('--diagnose', 'also what `endpoints`, `discover`, --endpoints and --receiver read')
    .option('--yes', 'do not ask')
    .option('--json', 'answer in JSON')
    .action((options: Options) => {
      const signal = context.interruption();
      return withDataverse(context, (dataverse) => run({ ...options, signal }, dataverse, context), { signal });
    });
}

async function run(options: Interruptible, { tables, url }: Dataverse, context: CliContext): Promise<void> {
  const granting = await prepare(options, tables, context);
  const { plan, grant } = granting;
  const tell = (line: string) => (options.json ? context.stderr : context.stdout).write(`${line}\n`);
  if (plan.changes.length === 0) tell('Nothing to do: the application user and its role are as they should be.');
  for (const line of describe(granting)) tell(`- ${line}`);
  for (const note of plan.notes) tell(note);
  if (plan.changes.length > 0) {
    await confirm(context, `Do this at ${url}?`, options.yes === true);
    await applyAll(tables, granting, options.signal);
    tell('Done. `dataverse check` with its credential shows whether everything is there.');
  }
  const { changes, notes, isDisabled } = plan;
  if (options.json)
    writeJson(context, { url, clientId: grant.clientId, role: grant.roleName, changes, notes, isDisabled });
  if (isDisabled) throw new CommandError(ExitCode.Failure, 'The application user is deactivated.');
}

async function prepare(options: Interruptible, tables: TableClient, context: CliContext): Promise<Granting> {
  try {
    const privileges = await neededPrivileges(tables, context, options.diagnose === true);
    const grant = { clientId: options.clientId, roleName: options.role, privileges };
    const state = await readGrantState(tables, grant, options.businessUnit ?? null);
    return { grant, state, plan: planGrant(grant, state, randomUUID) };
  } catch (error) {
    throw explainGrantFailure(error, { done: [], isInterrupted: options.signal.aborted });
  }
}

async function applyAll(tables: TableClient, granting: Granting, signal: AbortSignal): Promise<void> {
  const { grant, state, plan } = granting;
  const words = describe(granting);
  for (const [index, change] of plan.changes.entries()) {
    try {
      await applyGrant(tables, change, { ...grant, businessUnitId: state.businessUnit.id });
    } catch (error) {
      throw explainGrantFailure(error, { done: words.slice(0, index), isInterrupted: signal.aborted });
    }
  }
}

function describe({ grant, state, plan }: Granting): readonly string[] {
  return plan.changes.map((change) => grantInWords(change, grant, state));
}

function guid(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError('It is a GUID, such as 00000000-0000-0000-0000-000000000000.');
}
