import type { EpochMs } from '../../kernel/clock.js';
import type { TimeZone } from './time-zone.js';

const DAY_MS = 86_400_000;

/** A calendar day, or the part of it within a stretch of time: `from` belongs to it, `to` does not. */
export interface Day {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/**
 * The days of a zone between two instants, without a gap. A day may have 23 or 25 hours, or be left out, as the zone
 * has it.
 */
export function daysBetween(from: EpochMs, to: EpochMs, zone: TimeZone): readonly Day[] {
  const days: Day[] = [];
  let [date, begin] = [zone.dateAt(from), from];
  while (begin < to) {
    const next = dayAfter(date, 1);
    const end = Math.min(zone.startOf(next), to);
    if (end > begin) days.push({ date, from: begin, to: end });
    [date, begin] = [next, Math.max(begin, end)];
  }
  return days;
}

/** The date this many days after another, or before it where `days` is negative. */
export function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}
