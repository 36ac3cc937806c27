import { type Clock, toRfc3339 } from '../../kernel/clock.js';
import type { EmulatorSettings } from '../emulator-settings.js';
import type { Faults } from '../faults/faults.js';
import type { Row } from '../tables/table-definition.js';
import type { Tables } from '../tables/tables.js';
import type { UnconfirmedPoints } from '../unconfirmed-points.js';
import type { CommittedCall } from './committed-call.js';
import type { EndpointPost, PostFailure, PostOutcome } from './endpoint-post.js';
import { isBypassed } from './is-bypassed.js';
import { JobQueue } from './job-queue.js';
import { contextUser, messageOf } from './message-of.js';
import { postOrder } from './post-order.js';
import { postUnderFault } from './post-under-fault.js';
import { PostsLog } from './posts-log.js';
import { RegisteredSteps } from './registered-steps.js';
import { nextTryMs } from './retry-schedule.js';
import { SystemJobs } from './system-jobs.js';

const WEBHOOK = 8;

const NO_ENDPOINT: PostFailure = {
  code: '0x80040217',
  message: 'The service endpoint of the step Does Not Exist',
  detail: '',
};
/** CrmSqlGovernorDatabaseRequestDenied; Dataverse's own queue has no such end. */
const QUEUE_FULL: PostFailure = {
  code: '0x8004A001',
  message: 'The server is busy and the request was not completed. Try again later.',
  detail: 'More events wait for their receivers than the emulator keeps.',
};

/** What the asynchronous service works with. */
export interface AsyncServiceParts {
  readonly tables: Tables;
  readonly clock: Clock;
  readonly points: UnconfirmedPoints;
  readonly settings: EmulatorSettings;
  readonly faults: Faults;
  /** The organization's addresses; the first is the one it names itself by. */
  readonly origins: readonly string[];
  readonly webhooks: EndpointPost;
  readonly serviceBus: EndpointPost;
}

/** What there is to say of it at a moment. */
export interface AsyncServiceState {
  /** Jobs that have not come to their end: ready, waiting or under way. */
  readonly unfinished: number;
  readonly underWay: number;
  readonly isHeld: boolean;
  /** How many attempts to post there were, since the start or since the log was cleared. */
  readonly posts: number;
}

/**
 * Dataverse's asynchronous service: after a call was committed it makes a system job for each asynchronous step of its
 * message, and posts the event to the step's endpoint. What it does not get done is there again after a restart, where the rows are.
 */
export class AsyncService {
  /** What was posted, the newest of it, oldest first. */
  readonly posts = new PostsLog();
  readonly #steps: RegisteredSteps;
  readonly #jobs: SystemJobs;
  readonly #queue: JobQueue;
  readonly #stopped = new AbortController();

  constructor(private readonly parts: AsyncServiceParts) {
    this.#steps = new RegisteredSteps(parts.tables);
    this.#jobs = new SystemJobs(parts.tables.platformRows('asyncoperation'));
    this.#queue = new JobQueue((id) => this.#run(id), parts.settings);
  }

  get state(): AsyncServiceState {
    const { unfinished, underWay, isHeld } = this.#queue;
    return { unfinished, underWay, isHeld, posts: this.posts.total };
  }

  /** Takes up the jobs that a former process left. Called once the emulator has its address. */
  start(): void {
    const now = this.parts.clock.now();
    for (const job of this.#jobs.unfinished()) {
      const until = Date.parse(`${job.postponeuntil ?? ''}`);
      this.#enqueue(job, Number.isNaN(until) ? 0 : Math.max(0, until - now));
    }
  }

  /** Makes the jobs of a call that was just committed. Costs a comparison and a look-up where its message has no steps. */
  committed(call: CommittedCall): void {
    const steps = this.#steps.of(call.api.id);
    if (steps.length === 0 || isBypassed(call)) return;
    const { tables, points, settings } = this.parts;
    const message = messageOf(call, tables, points);
    for (const step of steps) {
      const { impersonatingUserId } = step;
      const user = impersonatingUserId === null ? message.initiatingUser : contextUser(impersonatingUserId, tables);
      const job = this.#jobs.make(message, step, user);
      if (this.#queue.isFull) this.#jobs.fail(idOf(job), QUEUE_FULL);
      else this.#enqueue(job, settings.asyncDelayMs);
    }
  }

  /** Begins no further job until `release`. */
  hold(): void {
    this.#queue.hold();
  }

  release(): void {
    this.#queue.release();
  }

  /** Resolves once every job has come to its end; rejects with a `JobsUnfinishedError` at the deadline. */
  whenIdle(deadlineMs = 5000): Promise<void> {
    return this.#queue.whenIdle(deadlineMs);
  }

  /** Posts under way are cut off; resolves soon, whatever receivers do. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#queue.stop();
    await Promise.all([this.parts.webhooks.close(), this.parts.serviceBus.close()]);
  }

  #enqueue(job: Row, delayMs: number): void {
    this.#queue.add(idOf(job), { bytes: `${job.data}`.length, delayMs });
  }

  async #run(id: string): Promise<void> {
    const job = this.#jobs.find(id);
    if (job === null) return;
    this.#jobs.begin(id);
    const endpoint = this.#endpointOf(job);
    if (endpoint === null) this.#jobs.fail(id, NO_ENDPOINT);
    else this.#settle(job, await this.#post(job, endpoint));
  }

  /** Null where somebody took it out of the step's hands by force. */
  #endpointOf({ owningextensionid }: Row): Row | null {
    const { tables } = this.parts;
    const step = tables.find('sdkmessageprocessingstep', `${owningextensionid}`);
    return tables.find('serviceendpoint', `${step?.eventhandler}`);
  }

  async #post(job: Row, endpoint: Row): Promise<PostOutcome | null> {
    const { webhooks, serviceBus, faults, clock, origins } = this.parts;
    const order = postOrder(job, endpoint, { organization: hostOf(origins), signal: this.#stopped.signal });
    const at = clock.now();
    const began = performance.now();
    const transport = endpoint.contract === WEBHOOK ? webhooks : serviceBus;
    const outcome = await postUnderFault(faults, order, () => transport.post(order).catch(unexpected));
    if (outcome === null) return null;
    this.posts.add({
      at: toRfc3339(at),
      durationMs: Math.round(performance.now() - began),
      jobId: idOf(job),
      stepId: `${job.owningextensionid}`,
      customApi: order.facts.requestName,
      endpoint: `${endpoint.name}`,
      outcome: outcome.kind,
      status: outcome.status,
      tries: outcome.tries,
      stripped: outcome.stripped,
      errorCode: outcome.kind === 'done' ? null : outcome.code,
      context: order.context,
    });
    return outcome;
  }

  /** A job that a stop cut off stays as it is. */
  #settle(job: Row, outcome: PostOutcome | null): void {
    if (outcome === null || this.#stopped.signal.aborted) return;
    const { tables, settings, clock } = this.parts;
    const id = idOf(job);
    const next = outcome.kind === 'later' ? nextTryMs(Number(job.retrycount ?? 0) + 1, settings) : null;
    if (outcome.kind === 'done') {
      const step = tables.find('sdkmessageprocessingstep', `${job.owningextensionid}`);
      this.#jobs.succeed(id, step?.asyncautodelete === true);
    } else if (next === null) this.#jobs.fail(id, outcome);
    else {
      this.#jobs.postpone(id, outcome, clock.now() + next);
      this.#enqueue(job, next);
    }
  }
}

/** What no receiver can bring about, such as a route that leads nowhere: the job fails, and the emulator goes on. */
function unexpected(error: Error): PostOutcome {
  const failure = { code: '0x80040216', message: 'An unexpected error occurred.', detail: error.message };
  return { kind: 'failed', status: null, tries: 0, stripped: false, ...failure };
}

function idOf({ asyncoperationid }: Row): string {
  return `${asyncoperationid}`;
}

function hostOf([origin]: readonly string[]): string {
  return origin === undefined ? '' : new URL(origin).host;
}
