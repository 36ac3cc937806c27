import { isInstant } from '../contract/calendar.js';
import type { EpochMs } from '../kernel/clock.js';
import { oneOf, reader, textAs } from '../kernel/json-reader.js';
import { EVENT_STATUSES } from './event-statuses.js';

/** Longer than any key, source or type that was ever accepted. */
const MAX_LENGTH = 1_000;

/** A text that no accepted event can contain is refused here: not every engine can even search for it. */
const text = reader(
  (value): value is string =>
    typeof value === 'string' &&
    value !== '' &&
    // Code points, as JSON Schema counts; each takes at most two UTF-16 units.
    value.length <= MAX_LENGTH * 2 &&
    [...value].length <= MAX_LENGTH &&
    value.isWellFormed() &&
    !value.includes('\0'),
  `must be a text of 1 to ${MAX_LENGTH} characters, without U+0000 and lone surrogates`,
);

const instant = textAs<EpochMs>(
  (value) => (isInstant(value) ? Date.parse(value) : undefined),
  'must be an instant in RFC 3339 form with a zone, such as 2026-11-22T10:00:00Z (in a URL the + of a zone is %2B)',
);

/** How each member of an `EventFilter` is read, by the API and the commands. */
export const EVENT_FILTER_READERS = {
  client: text,
  type: text,
  status: oneOf(...EVENT_STATUSES),
  key: text,
  orderingKey: text,
  source: text,
  from: instant,
  to: instant,
};
