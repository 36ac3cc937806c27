import type { EpochMs } from '../../kernel/clock.js';

/** Names begin with a letter; an offset such as +01:00 is no name, and has no summer time. */
const NAME = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/;

const MINUTE_MS = 60_000;

/** No zone is further from UTC than this, so every day begins at most this far from its midnight in UTC. */
const FURTHEST_MS = 26 * 60 * MINUTE_MS;

/** The calendar of a time zone of the IANA database: which day an instant falls on, and when a day begins. */
export class TimeZone {
  /** As the database spells it. */
  readonly name: string;
  private readonly format: Intl.DateTimeFormat;

  private constructor(name: string) {
    const calendar = { calendar: 'gregory', numberingSystem: 'latn' } as const;
    const day = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    this.format = new Intl.DateTimeFormat('en', { timeZone: name, ...calendar, ...day });
    const { timeZone } = this.format.resolvedOptions();
    // Of a zone with several names this may be an old one, such as Asia/Calcutta for Asia/Kolkata.
    this.name = timeZone.toLowerCase() === name.toLowerCase() ? timeZone : name;
  }

  /** The zone of this name, such as Europe/Berlin or UTC; undefined where there is none. */
  static named(name: string): TimeZone | undefined {
    if (!NAME.test(name)) return undefined;
    try {
      return new TimeZone(name);
    } catch {
      return undefined;
    }
  }

  /** The day an instant falls on, as `YYYY-MM-DD`. */
  dateAt(instant: EpochMs): string {
    const parts = new Map(this.format.formatToParts(instant).map(({ type, value }) => [type, value]));
    return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
  }

  /**
   * The first instant of a day: midnight, or one o'clock where clocks go forward at midnight. Found by halving, to the
   * minute.
   */
  startOf(date: string): EpochMs {
    const midnight = Date.parse(date);
    let low = (midnight - FURTHEST_MS) / MINUTE_MS;
    let high = (midnight + FURTHEST_MS) / MINUTE_MS;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.dateAt(middle * MINUTE_MS) < date) low = middle + 1;
      else high = middle;
    }
    return low * MINUTE_MS;
  }
}
