import type { Principal } from '../access/principal.js';
import { readCursor } from '../http/cursor.js';
import { DEFAULT_PAGE_LIMIT, readPageLimit } from '../http/page-limit.js';
import { readQuery } from '../http/read-query.js';
import { objectOf, textAs } from '../kernel/json-reader.js';
import type { EventPageRequest } from '../outbox/event-query.js';
import { EVENT_FILTER_READERS } from './event-filter-readers.js';
import { onlyOwn } from './only-own.js';

const onlyTrue = textAs<true>((text) => (text === 'true' ? true : undefined), 'must be true, or left out');

const readListQuery = objectOf({
  ...EVENT_FILTER_READERS,
  blocking: onlyTrue,
  overdue: onlyTrue,
  cursor: readCursor,
  limit: readPageLimit,
});

/**
 * Which page of which events a caller asks for: an operator sees all events, a publisher its own. Throws 400 and 403
 * problems.
 */
export function eventListQuery(query: unknown, principal: Principal): EventPageRequest {
  const { cursor = null, limit = DEFAULT_PAGE_LIMIT, ...filter } = readQuery(query, readListQuery);
  return { filter: onlyOwn(filter, principal), cursor, limit };
}
