import type { Verification } from '../contract/verification.js';
import type { EpochMs } from '../kernel/clock.js';
import type { GateRecord } from '../outbox/gate-store.js';
import type { SettleResult } from '../outbox/outbox.js';
import type { OutcomeWord } from '../outbox/settlement.js';
import type { TargetHints } from './destination.js';

/** Everything worth knowing about one attempt, in one wide entry; no payload, no secret. */
export interface AttemptEntry {
  readonly eventId: string;
  readonly type: string;
  readonly client: string;
  /**
   * The number of this attempt among those that count, from 1; an attempt that is given back does not use up a number.
   */
  readonly attempt: number;
  /** How many attempts with this outcome an event may have, or null where only its age limits them. */
  readonly attemptMax: number | null;
  readonly outcome: OutcomeWord;
  /** False where the attempt was given back. */
  readonly counted: boolean;
  readonly durationMs: number;
  readonly httpStatus: number | null;
  /** Dataverse's `error.code`, or the transport's code such as ECONNRESET. */
  readonly errorCode: string | null;
  readonly detail: string | null;
  readonly serviceRequestId: string | null;
  /** Client id of the application user, or `unknown` where its process died. */
  readonly applicationUser: string;
  /** What became of the event. */
  readonly settlement: 'delivered' | 'retry' | 'dead';
  /** Why it is dead, else null. */
  readonly reason: string | null;
  /**
   * `stale`: the lease was gone, the event is unchanged. `proved`: the lease was gone too, but a late 2xx delivered the
   * event. `confirmed`: a receipt had come meanwhile, so the event is delivered, even if the attempt failed.
   */
  readonly result: SettleResult;
  /** When the next attempt may begin at the earliest; null where the event ended with this one. */
  readonly nextAttemptAt: EpochMs | null;
  /** Since the event was accepted or last replayed, in ms, when the attempt ended. */
  readonly ageMs: number;
}

/** The pace of one application user, and what the target last said about itself. */
export interface PaceReading {
  /** Calls at once. */
  readonly limit: number;
  /** Calls a second as learnt from throttles, or null before the first. */
  readonly callsPerSecond: number | null;
  /** Events in one call, at most. */
  readonly batchSize: number;
  /** Null until an answer contained any. */
  readonly hints: TargetHints | null;
}

/** The result of a look at the custom API of a type. */
export interface VerificationEntry {
  readonly type: string;
  readonly verification: Verification;
  /** For operators: why there is no verdict, in the target's own words; null where it said nothing more. */
  readonly inFull: string | null;
  /** Whether the result differs from that of the look before. */
  readonly isNews: boolean;
}

/** A call that the store rolled back, and that will be repeated. */
export interface StoreRefusal {
  /** The method of the port that was called. */
  readonly call: string;
  /** In the store's words. */
  readonly detail: string;
}

/** Where delivery reports what it did; logs and metrics are made from it. Must neither throw nor wait. */
export abstract class DeliveryJournal {
  /** An attempt has ended and is settled. Also called for leases found lost, which count as `uncertain`. */
  abstract attempted(entry: AttemptEntry): void;

  /** A call was answered; this is the pace of its application user from now on. */
  abstract paced(applicationUser: string, reading: PaceReading): void;

  /** A gate closed, reopened, or was paused, resumed or told to probe, here or elsewhere. */
  abstract gateChanged(gate: GateRecord): void;

  /** What is deployed for a type was compared with its definition, or could not be. */
  abstract verified(entry: VerificationEntry): void;

  /** The store rolls back what delivery writes; told at most once a minute while it goes on. */
  abstract storeRefused(refusal: StoreRefusal): void;

  /** The store has refused nothing for a while; the trouble lasted `refusedForMs`. */
  abstract storeBack(refusedForMs: number): void;
}
