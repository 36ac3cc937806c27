import { randomUUID } from 'node:crypto';
import type { EventPage, EventPageRequest } from '../event-query.js';
import type { EventRecord, NewEvent } from '../event-record.js';
import type { SummaryStep, SummaryStepResult } from '../event-summary.js';
import {
  type AppendResult,
  type ClaimedEvent,
  type ClaimRequest,
  Outbox,
  type OutboxGauges,
  type SettleRequest,
  type SettleResult,
} from '../outbox.js';
import type { AttemptRecord } from '../settlement.js';
import { TurnMemory } from '../turn-memory.js';
import { lockLines, lockShared } from './advisory-locks.js';
import type { Database } from './database.js';
import { GroupCommit } from './group-commit.js';
import type { Hints } from './hints.js';
import { isOfOneCall } from './is-of-one-call.js';
import { append, linesOf } from './operations/append.js';
import { claim } from './operations/claim.js';
import { find } from './operations/find.js';
import { findLostLeases } from './operations/find-lost-leases.js';
import { list } from './operations/list.js';
import { listAttempts } from './operations/list-attempts.js';
import { measure } from './operations/measure.js';
import { recall } from './operations/recall.js';
import { renewLeases } from './operations/renew-leases.js';
import { settle } from './operations/settle.js';
import { summarize } from './operations/summarize.js';
import { undoClaim } from './operations/undo-claim.js';
import { whichEnded } from './operations/which-ended.js';

/** This many bytes of events make a transaction of some ten milliseconds; a client's batch may be larger. */
const APPEND_BYTES = 4 * 1024 * 1024;
/** The weight of an event beside its content. */
const EVENT_BYTES = 2048;
const SETTLEMENTS = 1000;

/**
 * If a server lost its client in the middle of a commit, the commit has ended after this time, in success or failure.
 */
const UNDECIDED_MS = 60_000;

/** A claim whose answer never came. */
interface UndecidedClaim {
  readonly owner: string;
  readonly nonce: string;
  /** By this process's monotonic time. */
  readonly untilMs: number;
}

/** The outbox on PostgreSQL. `operations/` says what each method does; this says which of them share transactions. */
export class PostgresOutbox extends Outbox {
  private readonly appends: GroupCommit<readonly NewEvent[], readonly AppendResult[]>;
  private readonly settlements: GroupCommit<readonly SettleRequest[], readonly SettleResult[]>;
  private readonly turns = new TurnMemory();
  private undecided: readonly UndecidedClaim[] = [];

  constructor(
    private readonly database: Database,
    private readonly hints: Hints,
  ) {
    super();
    this.appends = new GroupCommit({
      run: (calls) =>
        database.transactWithin((session) => append(session, calls), {
          locks: [lockLines(linesOf(calls.flat()))],
          kind: 'append',
        }),
      weigh: (events) => events.reduce((sum, { data }) => sum + data.length + EVENT_BYTES, 0),
      maxWeight: APPEND_BYTES,
      isOfOneCall,
    });
    this.settlements = new GroupCommit({
      run: (calls) => database.transactWithin((session) => settle(session, calls), { kind: 'settle', mayRepeat: true }),
      weigh: (requests) => requests.length,
      maxWeight: SETTLEMENTS,
      isOfOneCall,
    });
  }

  override async append(events: readonly NewEvent[]): Promise<readonly AppendResult[]> {
    const results = await this.database.enter(() => this.appends.call(events));
    this.hints.tell('events');
    return results;
  }

  override recall(events: readonly NewEvent[]): Promise<readonly (AppendResult | null)[]> {
    return this.database.transact((session) => recall(session, events));
  }

  override find(id: string): Promise<EventRecord | null> {
    return this.database.transact((session) => find(session, id));
  }

  override whichEnded(ids: readonly string[]): Promise<readonly string[]> {
    return this.database.transact((session) => whichEnded(session, ids));
  }

  override list(request: EventPageRequest): Promise<EventPage> {
    return this.database.transact((session) => list(session, request));
  }

  override summarize(step: SummaryStep): Promise<SummaryStepResult> {
    return this.database.transact((session) => summarize(session, step));
  }

  override listAttempts(id: string): Promise<readonly AttemptRecord[]> {
    return this.database.transact((session) => listAttempts(session, id));
  }

  override async claim(request: ClaimRequest): Promise<readonly ClaimedEvent[]> {
    const { owner } = request;
    const nonce = randomUUID();
    this.undecided = this.undecided.filter(({ untilMs }) => untilMs > performance.now());
    const undecided = this.undecided.filter((one) => one.owner === owner);
    try {
      return await this.database.transact(
        async (session) => {
          for (const one of undecided) await undoClaim(session, one);
          return claim(session, request, { turns: this.turns, nonce });
        },
        { locks: [lockShared('gates')], kind: 'claim', mayRepeat: true },
      );
    } catch (error) {
      this.undecided = [...this.undecided, { owner, nonce, untilMs: performance.now() + UNDECIDED_MS }];
      throw error;
    }
  }

  override renewLeases(owner: string, leaseMs: number): Promise<readonly string[]> {
    return this.database.transact((session) => renewLeases(session, owner, leaseMs), { mayRepeat: true });
  }

  override findLostLeases(besides: string, limit: number): Promise<readonly ClaimedEvent[]> {
    return this.database.transact((session) => findLostLeases(session, besides, limit));
  }

  override settle(requests: readonly SettleRequest[]): Promise<readonly SettleResult[]> {
    return this.database.enter(() => this.settlements.call(requests));
  }

  override measure(): Promise<OutboxGauges> {
    return this.database.transact(measure);
  }
}
