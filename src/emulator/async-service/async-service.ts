import type { EmulatorSettings } from '../emulator-settings.js';
import type { Row } from '../tables/table-definition.js';
import type { UnconfirmedPoints } from '../unconfirmed-points.js';
import type { AsyncFile } from './async-file.js';
import type { CommittedCall } from './committed-call.js';
import type { RaisedMessage } from './context/remote-execution-context.js';
import type { PostFailure, PostOutcome } from './endpoint-post.js';
import { isBypassed } from './is-bypassed.js';
import { JobPost, type JobPostParts } from './job-post.js';
import { JobQueue } from './job-queue.js';
import { contextUser, messageOf } from './message-of.js';
import type { PostsLog } from './posts-log.js';
import { type RegisteredStep, RegisteredSteps } from './registered-steps.js';
import { nextTryMs } from './retry-schedule.js';
import { SystemJobs } from './system-jobs.js';

/** Size of all contexts that wait, in memory and in the rows: some 40,000 of the usual size. */
const LIMIT_BYTES = 128 * 1024 * 1024;

/** CrmSqlGovernorDatabaseRequestDenied; Dataverse's own queue has no such bound. */
const QUEUE_FULL: PostFailure = {
  code: '0x8004A001',
  message: 'The server is busy and the request was not completed. Try again later.',
  detail: 'More events wait for their receivers than the emulator keeps.',
};

/** What the asynchronous service works with. */
export interface AsyncServiceParts extends JobPostParts {
  readonly points: UnconfirmedPoints;
  readonly settings: EmulatorSettings;
  /** What outlives the process; null without a folder. */
  readonly kept: Pick<AsyncFile, 'isHeld' | 'keepHold'> | null;
  /** The size of all waiting contexts at most, in characters. */
  readonly limitBytes?: number;
}

/** The state of the service at a moment. */
export interface AsyncServiceState {
  /** Jobs that have not ended: ready, waiting or under way. */
  readonly unfinished: number;
  readonly underWay: number;
  readonly isHeld: boolean;
  /** How many attempts to post there were, since the start or since the log was cleared. */
  readonly posts: number;
}

/**
 * Dataverse's asynchronous service: after a call was committed, it makes a system job for each asynchronous step of its
 * message, and posts the event to the step's endpoint. Unfinished jobs are there again after a restart, if the rows
 * are.
 */
export class AsyncService {
  readonly #steps: RegisteredSteps;
  readonly #jobs: SystemJobs;
  readonly #queue: JobQueue;
  readonly #post: JobPost;
  readonly #stopped = new AbortController();

  constructor(private readonly parts: AsyncServiceParts) {
    this.#steps = new RegisteredSteps(parts.tables);
    this.#jobs = new SystemJobs(parts.tables.platformRows('asyncoperation'));
    this.#queue = new JobQueue((id) => this.#run(id), {
      settings: parts.settings,
      limitBytes: parts.limitBytes ?? LIMIT_BYTES,
    });
    this.#post = new JobPost(parts);
    if (parts.kept?.isHeld) this.#queue.hold();
  }

  /** The newest posts, oldest first. */
  get posts(): PostsLog {
    return this.#post.log;
  }

  get state(): AsyncServiceState {
    const { unfinished, underWay, isHeld } = this.#queue;
    return { unfinished, underWay, isHeld, posts: this.posts.total };
  }

  /** Takes over the jobs that a former process left. Called once the emulator has its address. */
  start(): void {
    const now = this.parts.clock.now();
    for (const job of this.#jobs.unfinished()) {
      const until = Date.parse(`${job.postponeuntil ?? ''}`);
      this.#enqueue(job, Number.isNaN(until) ? 0 : Math.max(0, until - now));
    }
  }

  /**
   * Makes the jobs of a call that was just committed. Without steps for its message that costs a comparison and a
   * look-up. Never throws because of the call: its commit stands.
   */
  committed(call: CommittedCall): void {
    const steps = this.#steps.of(call.api.id);
    if (steps.length === 0 || isBypassed(call)) return;
    const message = messageOf(call, this.parts.tables, this.parts.points);
    for (const step of steps) this.#raise(message, step);
  }

  /** Begins no further job until `release`; with a folder, also after restarts. */
  hold(): void {
    this.parts.kept?.keepHold(true);
    this.#queue.hold();
  }

  release(): void {
    this.parts.kept?.keepHold(false);
    this.#queue.release();
  }

  /** Resolves once every job has ended; rejects with a `JobsUnfinishedError` at the deadline. */
  whenIdle(deadlineMs = 5000): Promise<void> {
    return this.#queue.whenIdle(deadlineMs);
  }

  /** Posts under way are cut off; resolves soon, even if receivers hang. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#queue.stop();
    await this.#post.close();
  }

  #enqueue(job: Row, delayMs: number): void {
    this.#queue.add(idOf(job), { bytes: `${job.data}`.length, delayMs });
  }

  #raise(message: RaisedMessage, step: RegisteredStep): void {
    const { tables, settings } = this.parts;
    const { impersonatingUserId } = step;
    const user = impersonatingUserId === null ? message.initiatingUser : contextUser(impersonatingUserId, tables);
    const job = this.#jobs.make(message, step, user);
    if (job === null) return;
    if (this.#queue.isFull) this.#jobs.fail(idOf(job), QUEUE_FULL);
    else this.#enqueue(job, settings.asyncDelayMs);
  }

  async #run(id: string): Promise<void> {
    const job = this.#jobs.begin(id);
    if (job !== null) this.#settle(job, await this.#post.post(job, this.#stopped.signal));
  }

  /** A job that a stop cut off stays as it is. */
  #settle(job: Row, outcome: PostOutcome | null): void {
    if (outcome === null || this.#stopped.signal.aborted) return;
    const { tables, settings, clock } = this.parts;
    const id = idOf(job);
    const tries = Number(job.retrycount ?? 0) + 1;
    const next = outcome.kind === 'later' ? nextTryMs(tries, settings) : null;
    if (outcome.kind === 'done') {
      const step = tables.find('sdkmessageprocessingstep', `${job.owningextensionid}`);
      this.#jobs.succeed(id, step?.asyncautodelete === true);
    } else if (outcome.kind === 'failed' || next === null) this.#jobs.fail(id, outcome);
    else if (this.#jobs.postpone(id, outcome.meanwhile, { tries, until: clock.now() + next })) this.#enqueue(job, next);
  }
}

function idOf({ asyncoperationid }: Row): string {
  return `${asyncoperationid}`;
}
