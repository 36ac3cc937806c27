import { type Clock, toRfc3339 } from '../../../kernel/clock.js';

/** The present as Dataverse writes it into rows: RFC 3339 in UTC, whole seconds. */
export function wholeSecond(clock: Clock): string {
  return `${toRfc3339(clock.now()).slice(0, 19)}Z`;
}
