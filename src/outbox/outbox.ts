import type { EpochMs } from '../kernel/clock.js';
import type { EventPage, EventPageRequest } from './event-query.js';
import type { EventRecord, EventStatus, NewEvent } from './event-record.js';
import type { SummaryStep, SummaryStepResult } from './event-summary.js';
import type { AttemptCounts, AttemptRecord, NewAttempt, Settlement } from './settlement.js';

/** The result of `append` for one event. */
export type AppendResult =
  | {
      readonly kind: 'accepted' | 'repeated';
      readonly id: string;
      readonly status: EventStatus;
      readonly acceptedAt: EpochMs;
    }
  /** The key was used before for other content; nothing was stored. */
  | { readonly kind: 'conflicting'; readonly id: string };

export interface ClaimRequest {
  /**
   * `ordinary`: any number of events that are no suspects. `suspect`: one suspect and nothing else, so that no other
   * lease can be lost beside it. A suspect is an event that lost `SUSPECT_LOST_LEASES` leases in a row.
   */
  readonly kind: 'ordinary' | 'suspect';
  /** Names the process that will hold the leases; new at every start. */
  readonly owner: string;
  /** Who will send: the claim respects the gates of this application user. */
  readonly applicationUser: string;
  readonly leaseMs: number;
  /** At most this many in all. */
  readonly limit: number;
  /** The wanted types, and how many of each at most; the first ones are served first. */
  readonly wanted: readonly { readonly type: string; readonly limit: number }[];
}

/** An event under a lease, with everything that delivering and deciding need. */
export interface ClaimedEvent {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly client: string;
  readonly source: string;
  readonly data: string;
  readonly traceparent: string | null;
  readonly acceptedAt: EpochMs;
  /** The beginning of its age: acceptance, or its last replay. */
  readonly ageStartsAt: EpochMs;
  readonly leaseToken: string;
  /** When the lease ends, by the store's clock. */
  readonly leaseUntil: EpochMs;
  readonly counts: AttemptCounts;
}

export interface SettleRequest {
  readonly id: string;
  readonly leaseToken: string;
  readonly settlement: Settlement;
  /** The line for the timeline, or null where no call was made. */
  readonly attempt: NewAttempt | null;
  /**
   * For recovery: takes effect only where the lease has ended by the store's clock, as `findLostLeases` judges it.
   * Otherwise, and where another process was faster, the result is `stale` and nothing is stored, not even the attempt.
   */
  readonly onlyIfEnded?: true;
}

/**
 * `settled`: done. `stale`: the lease was gone, the event is unchanged, the attempt is recorded. `proved`: the lease
 * was gone and the event pending again, but a late 2xx since its last replay proves it delivered. `confirmed`: a
 * receipt had come meanwhile, so the event is delivered instead of retried or dead.
 */
export type SettleResult = 'settled' | 'stale' | 'proved' | 'confirmed';

/** How many events there are of one type in one status. */
export interface StatusCount {
  readonly type: string;
  readonly status: EventStatus;
  readonly count: number;
}

interface TypeCount {
  readonly type: string;
  readonly count: number;
}

export interface OutboxGauges {
  readonly counts: readonly StatusCount[];
  /** Acceptance of the oldest event that is pending or delivering, or null when there is none. */
  readonly oldestPendingAt: EpochMs | null;
  /** Dead events that hold back those behind them in their ordering key, by type. */
  readonly blocking: readonly TypeCount[];
  /** Delivered events that no receipt confirmed in time, by type. */
  readonly overdue: readonly TypeCount[];
  /** Events that retention has removed, by type, since the store was made. */
  readonly removed: readonly TypeCount[];
}

/**
 * The durable middle: events between their acceptance and their end. Every promise of the gateway rests on this port;
 * `test/outbox/` holds the claims that every driver has to meet.
 */
export abstract class Outbox {
  /**
   * Stores events with their keys and their places in the order of delivery. Durable when it resolves: committed, and
   * the fsync has returned. Results in the order of the events. Rejects with `StorageError`.
   */
  abstract append(events: readonly NewEvent[]): Promise<readonly AppendResult[]>;

  /**
   * What `append` would answer for events whose keys are known, null for new ones; stores nothing. It lets repeats be
   * answered while no new event is let in.
   */
  abstract recall(events: readonly NewEvent[]): Promise<readonly (AppendResult | null)[]>;

  /** The event with this id, or null. */
  abstract find(id: string): Promise<EventRecord | null>;

  /**
   * Which of these events neither wait for delivery nor are being delivered: they have ended, or only a person moves
   * them on.
   */
  abstract whichEnded(ids: readonly string[]): Promise<readonly string[]>;

  /** A page of the events that fit a filter. */
  abstract list(request: EventPageRequest): Promise<EventPage>;

  /**
   * Counts the events of a stretch of time, a step at a time: each event once, by its status at that moment. Events
   * that retention removed are not counted.
   */
  abstract summarize(step: SummaryStep): Promise<SummaryStepResult>;

  /** The timeline of an event, oldest first; empty for an unknown id. */
  abstract listAttempts(id: string): Promise<readonly AttemptRecord[]>;

  /**
   * Puts due events under leases: pending, `availableAt` past, first of their ordering key, no gate closed before them.
   * Live events come before replayed ones. Clients take turns, so that none waits behind another's backlog. Of one
   * client the events that are due longest come first, so an event that was given back comes after all that wait. Of
   * all suspects, of any client, it takes the one due longest. At most one event of an ordering key is under a lease at
   * any time.
   */
  abstract claim(request: ClaimRequest): Promise<readonly ClaimedEvent[]>;

  /**
   * Prolongs every lease of an owner to `leaseMs` from now, and tells the tokens of those it prolonged. Where several
   * processes share the store, a lease that has ended is not revived.
   */
  abstract renewLeases(owner: string, leaseMs: number): Promise<readonly string[]>;

  /**
   * At most `limit` events whose lease has ended without a settlement, for their owner died. Settling them with the
   * lease they still carry recovers them; if two processes do so, fencing lets one win. `besides` is an owner known to
   * be alive, whose own leases are left out; on SQLite, which has one owner, the lease of every other owner has ended.
   */
  abstract findLostLeases(besides: string, limit: number): Promise<readonly ClaimedEvent[]>;

  /** Ends leases. Fenced: a request whose lease token is gone changes nothing (except for `proved`). */
  abstract settle(requests: readonly SettleRequest[]): Promise<readonly SettleResult[]>;

  /** Figures for gauges; costs the same however large backlog and history are. */
  abstract measure(): Promise<OutboxGauges>;
}
