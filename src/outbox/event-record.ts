import type { EpochMs } from '../kernel/clock.js';

/**
 * `pending`: deliverable once `availableAt` has come; `delivering`: under a lease; `delivered`: Dataverse took it;
 * `dead`: given up, with a reason; `cancelled`: ended by an operator. A retry is `pending` with a later `availableAt`.
 */
export type EventStatus = 'pending' | 'delivering' | 'delivered' | 'dead' | 'cancelled';

/** Where an event's idempotency key came from: the `Idempotency-Key` header, its key field, or CloudEvents `source` + `id`. */
type KeyKind = 'header' | 'business' | 'cloudevents';

/** A sealed event, about to be stored. Its identity is (client, type, keyKind, key). */
export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  /** The name of the client that sent it: idempotency belongs to the client, not to its credential. */
  readonly client: string;
  readonly source: string;
  readonly keyKind: KeyKind;
  readonly key: string;
  /** SHA-256 of `data`, base64url: it tells a repeat from a second use of the key for other content. */
  readonly fingerprint: string;
  readonly orderingKey: string | null;
  /** The canonical JSON of the validated event. */
  readonly data: string;
  /** W3C trace context of the request that brought it, or null. */
  readonly traceparent: string | null;
}

/** An event as it is told to clients and operators. */
export interface EventRecord {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly status: EventStatus;
  /** Why it is dead or cancelled, else null. */
  readonly reason: string | null;
  readonly key: string;
  readonly orderingKey: string | null;
  readonly source: string;
  readonly client: string;
  readonly acceptedAt: EpochMs;
  /** When the next attempt may begin; in the past for events that only wait for their turn. */
  readonly availableAt: EpochMs;
  readonly deliveredAt: EpochMs | null;
  readonly confirmedAt: EpochMs | null;
  /** Whether it is delivered, a receipt was expected in time, and none has come. */
  readonly overdue: boolean;
  /**
   * Attempts that count, since acceptance or the last replay; a throttled one, for example, is given back and does not.
   */
  readonly attemptCount: number;
  /** The canonical JSON of its content, or null once it was cleared. */
  readonly data: string | null;
}
