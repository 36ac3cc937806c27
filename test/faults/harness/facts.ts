import type { AcceptedEvent } from './clients.js';

/** A call that Dataverse took. */
export interface TakenCall {
  /** Dataverse's own order. */
  readonly sequence: number;
  readonly tag: string | null;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What the gateway tells of one event in the end. */
export interface EndOfEvent {
  readonly status: string;
  readonly reason: string | null;
  /** The outcomes of its timeline. */
  readonly outcomes: readonly string[];
}

/** Everything that was seen of a run, when it was over and everything had come to rest. */
export interface Facts {
  readonly accepted: readonly AcceptedEvent[];
  /** Keys that were only ever refused. */
  readonly refused: ReadonlySet<string>;
  /** Keys that were answered with two ids. */
  readonly doubled: readonly string[];
  readonly taken: readonly TakenCall[];
  /** By id: of every event that was not taken exactly once. */
  readonly ends: ReadonlyMap<string, EndOfEvent>;
  /** Events in the store by status, as its gauges say; `removed` by retention among them. */
  readonly gauges: Readonly<Record<string, number>>;
  /** Calls into a closed gate: how long after the closing, in ms. */
  readonly early: readonly number[];
  /** Answers that no client should get. */
  readonly unexpected: readonly string[];
  /** Log lines that hold a secret or a payload. */
  readonly leaks: readonly string[];
  /** Processes that ended otherwise than they were made to. */
  readonly strangeExits: readonly string[];
}
