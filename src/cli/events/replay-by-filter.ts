import { cursorOf } from '../../http/cursor.js';
import { messageOf } from '../../kernel/message-of.js';
import { SystemTimers } from '../../kernel/timers.js';
import { type ReplayProgress, replayInSteps } from '../../operations/admin/replay-in-steps.js';
import { faultsOfFilter, type ReplayRequest } from '../../operations/admin/replay-request.js';
import type { OperatorActions } from '../../outbox/operator-actions.js';
import type { Store } from '../../outbox/store.js';
import type { CliContext } from '../cli-context.js';
import { CommandError } from '../command.error.js';
import { confirm } from '../confirm.js';
import { counted } from '../dataverse/sentence.js';
import { isDiskFull } from '../disk-full.js';
import { ExitCode } from '../exit-codes.js';
import { showProgress } from '../progress.js';
import { withStore } from '../with-store.js';
import { writeJson } from '../write-output.js';
import { unknownType } from './unknown-type.js';

/** A replay by filter as a command asks for it. */
export interface CommandedReplay extends ReplayRequest {
  readonly by: string;
  readonly yes: boolean;
  readonly json: boolean;
}

/**
 * Counts, asks, and replays in small steps, also beside a running gateway; an interruption ends it between two steps.
 */
export async function replayByFilter(context: CliContext, replay: CommandedReplay): Promise<void> {
  const { filter, force, dryRun, json } = replay;
  if (faultsOfFilter(filter, force).length > 0) {
    throw new CommandError(ExitCode.Usage, filter.overdue ? OVERDUE : UNSAID);
  }
  await withStore(context, async ({ actions, outbox }) => {
    const total = await countAndAsk(context, { actions, outbox }, replay);
    const progress = dryRun || total === 0 ? null : await replayAll(context, actions, { ...replay, total });
    if (json) writeJson(context, { count: progress?.replayed ?? total, dryRun, ...rest(progress) });
    else context.stdout.write(`${inWords(progress?.replayed ?? total, dryRun)}\n`);
    requireFinished(progress);
  });
}

const UNSAID = 'Say which events: an id, or options such as --type and --status dead. Delivered ones need --force.';

const OVERDUE =
  'Overdue events were delivered: to send them again needs --force, and leaves --status out or makes it delivered.';

/** How many events it is about. Throws the `CommandError` of a mistyped type, and of a person who says no. */
async function countAndAsk(
  context: CliContext,
  { actions, outbox }: Pick<Store, 'actions' | 'outbox'>,
  { filter, force, after, dryRun, yes }: CommandedReplay,
): Promise<number> {
  const total = await actions.countReplayable(filter, force, after);
  if (total === 0) {
    const fault = await unknownType(context, outbox, filter.type);
    if (fault !== null) throw new CommandError(ExitCode.Usage, fault);
  } else if (!dryRun) {
    await confirm(context, `${counted(total, 'event')} ${total === 1 ? 'is' : 'are'} to be replayed.`, yes);
  }
  return total;
}

async function replayAll(
  context: CliContext,
  actions: OperatorActions,
  { filter, force, reason, by, after, json, total }: CommandedReplay & { readonly total: number },
): Promise<ReplayProgress> {
  const interruption = context.interruption();
  const bar = showProgress(total, json ? null : context.stderr);
  try {
    return await replayInSteps(actions, new SystemTimers(), {
      replay: { filter, force, reason, by },
      after,
      mayGoOn: () => !interruption.aborted,
      onStep: bar.advance,
    });
  } finally {
    bar.end();
  }
}

function inWords(count: number, dryRun: boolean): string {
  const was = count === 1 ? 'was' : 'were';
  return `${counted(count, 'event')} ${dryRun ? 'would be' : was} replayed.`;
}

function rest(progress: ReplayProgress | null): object {
  return progress === null || progress.kind === 'finished' || progress.next === 0
    ? {}
    : { next: cursorOf(progress.next) };
}

/** A script must notice that not everything was done. */
function requireFinished(progress: ReplayProgress | null): void {
  if (progress === null || progress.kind === 'finished') return;
  const { next } = progress;
  const advice =
    next === 0 ? 'the same command begins anew' : `the same command with --after ${cursorOf(next)} does the rest`;
  const why =
    progress.kind === 'stopped'
      ? 'Interrupted'
      : `The store failed (${isDiskFull(progress.error) ? 'the disk is full: make room' : messageOf(progress.error)})`;
  throw new CommandError(ExitCode.Failure, `${why} after ${counted(progress.replayed, 'event')}; ${advice}.`);
}
