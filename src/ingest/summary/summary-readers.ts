import { isCalendarDate, isInstant } from '../../contract/calendar.js';
import { textAs } from '../../kernel/json-reader.js';
import { EVENT_FILTER_READERS } from '../event-filter-readers.js';
import type { Moment } from './summary-range.js';
import { TimeZone } from './time-zone.js';

/** Any gateway's lifetime; outside of it calendars and the texts of dates become peculiar. */
const YEARS = /^(19[7-9]\d|2\d{3})-/;

const moment = textAs<Moment>((text) => {
  if (!YEARS.test(text)) return undefined;
  if (isInstant(text)) return { kind: 'instant', at: Date.parse(text) };
  return isCalendarDate(text) ? { kind: 'day', date: text } : undefined;
}, 'must be a day such as 2026-11-22, or an instant in RFC 3339 form with a zone such as 2026-11-22T10:00:00Z (in a URL the + of a zone is %2B)');

/** How each parameter of a summary is read, from a query and from a command line. */
export const SUMMARY_READERS = {
  client: EVENT_FILTER_READERS.client,
  source: EVENT_FILTER_READERS.source,
  type: EVENT_FILTER_READERS.type,
  from: moment,
  to: moment,
  timeZone: textAs(
    (text) => TimeZone.named(text),
    'must be the name of a time zone in the IANA database, such as Europe/Berlin',
  ),
};
