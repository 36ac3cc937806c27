/** An instant as milliseconds since 1970-01-01T00:00:00Z: how instants travel inside the gateway. */
export type EpochMs = number;

/** The time of day, injected wherever a decision depends on it, so that tests can hold it still. */
export abstract class Clock {
  abstract now(): EpochMs;
}

export class SystemClock extends Clock {
  override now(): EpochMs {
    return Date.now();
  }
}

/** RFC 3339 in UTC with milliseconds: the one way instants leave the gateway. */
export function toRfc3339(instant: EpochMs): string {
  return new Date(instant).toISOString();
}
