import type { EpochMs } from '../../kernel/clock.js';
import type { TimeZone } from './time-zone.js';

const DAY_MS = 86_400_000;

/** A calendar day, as far as it lies within a stretch of time: `from` belongs to it, `to` does not. */
export interface Day {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** The days of a zone from an instant to another, without a gap; one of 23 or 25 hours, and one left out, as the zone has it. */
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

/** The date so many days after another, or before it where `days` is negative. */
export function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}
