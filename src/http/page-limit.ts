import { textAs } from '../kernel/json-reader.js';

const MAX_LIMIT = 200;

/** How many entries a page has where the request does not say. */
export const DEFAULT_PAGE_LIMIT = 50;

/** Reads how many entries a page may have, from a query's text. */
export const readPageLimit = textAs(
  (text) => (/^[1-9]\d{0,2}$/.test(text) && Number(text) <= MAX_LIMIT ? Number(text) : undefined),
  `must be a whole number from 1 to ${MAX_LIMIT}`,
);
