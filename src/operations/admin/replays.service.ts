import { Injectable } from '@nestjs/common';
import { cursorOf } from '../../http/cursor.js';
import { ProblemError } from '../../http/problem.error.js';
import { SystemTimers } from '../../kernel/timers.js';
import { Doorbell } from '../../outbox/doorbell.js';
import { OperatorActions } from '../../outbox/operator-actions.js';
import { StorageError } from '../../outbox/storage.error.js';
import { Lifecycle } from '../lifecycle.js';
import type { ReplayResultResource } from './replay.resource.js';
import { type ReplayProgress, replayInSteps } from './replay-in-steps.js';
import type { ReplayRequest } from './replay-request.js';

/** Seconds a restart takes. */
const RETRY_AFTER = { 'Retry-After': '5' };

/** Replays by filter while the gateway runs; a caller that hangs up changes nothing. */
@Injectable()
export class ReplaysService {
  private readonly timers = new SystemTimers();

  constructor(
    private readonly actions: OperatorActions,
    private readonly doorbell: Doorbell,
    private readonly lifecycle: Lifecycle,
  ) {}

  /** Where the gateway stops or the store fails on the way, rejects with a 503 problem that says how far it came. */
  async replay(request: ReplayRequest, by: string): Promise<ReplayResultResource> {
    const { filter, force, dryRun, reason, after } = request;
    if (dryRun) return { count: await this.actions.countReplayable(filter, force, after), dryRun };
    const progress = await replayInSteps(this.actions, this.timers, {
      replay: { filter, force, reason, by },
      after,
      mayGoOn: () => this.lifecycle.phase !== 'stopping',
      onStep: (replayed) => {
        if (replayed > 0) this.doorbell.wake();
      },
    });
    return { count: finished(progress), dryRun };
  }
}

function finished(progress: ReplayProgress): number {
  if (progress.kind === 'finished') return progress.replayed;
  const { replayed, next } = progress;
  const members = { count: replayed, ...(next === 0 ? {} : { after: cursorOf(next) }) };
  const soFar =
    next === 0
      ? 'Nothing was replayed.'
      : `${replayed} events were replayed; post it again with "after": "${cursorOf(next)}" for the rest.`;
  if (progress.kind === 'stopped') {
    throw new ProblemError('shutting-down', `The gateway is stopping. ${soFar}`, {
      members,
      headers: { ...RETRY_AFTER, Connection: 'close' },
    });
  }
  // A failure before the first step is answered like any other failure.
  const { error } = progress;
  if (replayed === 0 || !(error instanceof StorageError)) throw error;
  throw new ProblemError('storage-unknown', `The database failed. ${soFar}`, {
    members,
    headers: RETRY_AFTER,
    cause: error,
  });
}
