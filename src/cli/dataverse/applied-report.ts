import type { Applied } from '../../dataverse/provisioning/apply-plan.js';
import type { FullPlan } from '../../dataverse/provisioning/provisioner.js';
import { DataverseRefusedError } from '../../dataverse/tables/dataverse-refused.error.js';
import type { CliContext } from '../cli-context.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';
import { printable, writeJson } from '../write-output.js';
import { COMPONENT_WORDS } from './component-words.js';
import { explainRefusal } from './explain-refusal.js';
import { changeJson } from './plan-json.js';
import type { GateDeed } from './recreation-gates.js';
import { counted } from './sentence.js';
import { obstacleLines } from './show-plan.js';

interface Report {
  readonly applied: Applied;
  readonly gates: readonly GateDeed[];
  readonly plan: FullPlan;
  readonly url: string;
  readonly json: boolean;
}

/** Tells what was done, and throws `CommandError` where something was not. */
export function reportApplied(context: CliContext, report: Report): void {
  const { applied, plan, json } = report;
  const problem = problemOf(report);
  if (json) writeJson(context, reportJson(report, problem?.message ?? null));
  else writeDone(context, report);
  if (problem !== null) throw problem;
  if (!json && applied.done.length === 0 && plan.changes.length === 0) context.stdout.write('Nothing to do.\n');
}

function writeDone({ stdout }: CliContext, { applied, gates, url }: Report): void {
  if (applied.done.length > 0) stdout.write(`${counted(applied.done.length, 'change')} made in ${url}.\n`);
  for (const deed of gates) stdout.write(`${printable(gateInWords(deed))}\n`);
}

function gateInWords({ gate, deed, by }: GateDeed): string {
  switch (deed) {
    case 'paused':
      return `${gate} is paused until this is completed: the same command again does it, and resumes the gate.`;
    case 'resumed':
      return `${gate} was paused meanwhile, and is resumed.`;
    case 'left-paused':
      return `${gate} stays paused, for ${by} paused it.`;
  }
}

function problemOf({ applied, plan: { obstacles } }: Report): CommandError | null {
  if (applied.kind === 'cut-short') return new CommandError(ExitCode.Failure, cutShort(applied));
  if (obstacles.length === 0) return null;
  const lines = ['Not everything could be made as wished:', ...obstacles.flatMap(obstacleLines)];
  return new CommandError(ExitCode.Refused, lines.map(printable).join('\n'));
}

function cutShort({ error, at, writes, done, left }: Extract<Applied, { kind: 'cut-short' }>): string {
  const change = `${at.action} ${COMPONENT_WORDS[at.component]} ${at.name}`;
  const begun =
    writes === 0 ? '' : `; it is half done, ${counted(writes, 'write')} of ${at.operations.length} were made`;
  const rest = `${counted(done.length, 'change')} made, ${counted(left.length + 1, 'change')} not`;
  return `${whyCutShort(error)}\nIt ended at: ${change}${begun}. ${rest}. ${whatNow(error)}`;
}

/** A refusal that names a fault is given again, until that is mended. */
function whatNow(error: unknown): string {
  const again = 'The same command again completes it.';
  const isFault = error instanceof DataverseRefusedError && error.status < 500 && error.status !== 429;
  return isFault ? `What it was refused for has to be mended first. ${again}` : again;
}

function whyCutShort(error: unknown): string {
  if (error === null) return 'Interrupted.';
  if (error instanceof DataverseRefusedError) return `${error.message}${explainRefusal(error)}`;
  return error instanceof Error ? error.message : String(error);
}

function reportJson({ applied, gates, plan, url }: Report, problem: string | null): object {
  const isCutShort = applied.kind === 'cut-short';
  return {
    environment: url,
    outcome: isCutShort ? 'cut-short' : plan.obstacles.length > 0 ? 'incomplete' : 'done',
    done: applied.done.map(changeJson),
    left: isCutShort ? [applied.at, ...applied.left].map(changeJson) : [],
    lost: plan.recreations.flatMap(({ name, losses }) => losses.map((loss) => ({ customApi: name, ...loss }))),
    gates,
    obstacles: plan.obstacles,
    notes: plan.notes,
    problem,
  };
}
