import type { Applied } from '../../dataverse/provisioning/applied.js';
import { BeyondConsentError } from '../../dataverse/provisioning/beyond-consent.error.js';
import type { CliContext } from '../cli-context.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';
import { printable, writeJson } from '../write-output.js';
import { type CutShort, cutShortInWords, isNothingBegun } from './cut-short-in-words.js';
import { pauseInWords } from './pause-in-words.js';
import { changeJson } from './plan-json.js';
import { counted, sentence } from './sentence.js';
import type { PauseDeed } from './settle-pauses.js';
import { obstacleLines } from './show-plan.js';

interface Report {
  readonly applied: Applied;
  readonly gates: readonly PauseDeed[];
  /** The plan's notes, which people were shown with it. */
  readonly notes: readonly string[];
  /** What is left to do elsewhere. */
  readonly afterwards: readonly string[];
  /** Unique names of the custom APIs that lost something, or may have. */
  readonly begun: ReadonlySet<string>;
  /** The gateway's store, as people may read it; null where it is not known. */
  readonly store: string | null;
  readonly url: string;
  readonly json: boolean;
}

/** Reports what was done, and throws `CommandError` where something was not. */
export function reportApplied(context: CliContext, report: Report): void {
  const { applied, json } = report;
  const problem = problemOf(report);
  if (json) writeJson(context, reportJson(report, problem));
  else writeDone(context, report);
  if (problem !== null) throw problem;
  if (!json && applied.done.length === 0) context.stdout.write('Nothing to do.\n');
}

function writeDone({ stdout }: CliContext, { applied, gates, afterwards, store, url }: Report): void {
  if (applied.done.length > 0) stdout.write(`${counted(applied.done.length, 'change')} made in ${url}.\n`);
  // Those that were not resumed are the problem, and are reported with the problems.
  const told = applied.kind === 'done' ? gates.filter((deed) => !isUnresumed(deed)) : gates;
  for (const deed of told) stdout.write(`${printable(pauseInWords(deed, store))}\n`);
  for (const note of afterwards) stdout.write(`${printable(`Note: ${sentence(note)}`)}\n`);
}

function problemOf(report: Report): CommandError | null {
  const { applied, gates } = report;
  if (applied.kind === 'cut-short') {
    return new CommandError(isRefused(applied) ? ExitCode.Refused : ExitCode.Failure, cutShortInWords(applied));
  }
  const unresumed = gates.filter(isUnresumed);
  const lines = [
    ...unresumed.map((deed) => pauseInWords(deed, report.store)),
    ...(applied.obstacles.length === 0 ? [] : ['Not everything could be made as wished:']),
    ...applied.obstacles.flatMap(obstacleLines),
  ];
  if (lines.length === 0) return null;
  const exitCode = unresumed.length > 0 ? ExitCode.Failure : ExitCode.Refused;
  return new CommandError(exitCode, lines.map(printable).join('\n'));
}

function isUnresumed({ deed }: PauseDeed): boolean {
  return deed === 'not-resumed';
}

function reportJson(report: Report, problem: CommandError | null): object {
  const { applied, gates, notes, afterwards, store, url } = report;
  const isCutShort = applied.kind === 'cut-short';
  const left = isCutShort ? [applied.at, ...applied.further.map(({ at }) => at), ...applied.left] : [];
  return {
    environment: url,
    outcome: outcomeOf(applied),
    done: applied.done.map(changeJson),
    left: left.map(changeJson),
    recreations: applied.recreations,
    lost: lostBy(report),
    gates: gates.map((deed) => ({ ...deed, store })),
    obstacles: applied.obstacles,
    notes: [...notes, ...afterwards],
    problem: problem?.message ?? null,
  };
}

/** A recreation that was not begun has lost nothing. */
function lostBy({ applied, begun }: Report): readonly object[] {
  const isBegun = (customApi: string) =>
    begun.has(customApi) || applied.done.some(({ recreates }) => recreates === customApi);
  return applied.recreations
    .filter(({ name }) => isBegun(name))
    .flatMap(({ name, losses }) => losses.map((loss) => ({ customApi: name, ...loss })));
}

function outcomeOf(applied: Applied): string {
  if (applied.kind === 'done') return applied.obstacles.length > 0 ? 'incomplete' : 'done';
  return isRefused(applied) ? 'refused' : 'cut-short';
}

function isRefused(applied: CutShort): boolean {
  return applied.error instanceof BeyondConsentError && isNothingBegun(applied);
}
