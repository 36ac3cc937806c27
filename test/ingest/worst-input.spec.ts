import { describe, expect, it } from '@jest/globals';
import type { EventDefinition } from '../../src/contract/event-definition.js';
import { loadEventCatalog } from '../../src/contract/load-event-catalog.js';
import { ProblemError } from '../../src/http/problem.error.js';
import { splitItems } from '../../src/ingest/bulk/split-items.js';
import { contentReaderFor } from '../../src/ingest/content-reader.js';
import { parseStrictJson } from '../../src/kernel/strict-json.js';
import { WORST_BODIES } from './support/worst-bodies.js';

const catalog = await loadEventCatalog(new URL('../../src/events/', import.meta.url), 'contoso');
const read = contentReaderFor(catalog.find('CustomerPurchase') as EventDefinition);

/** 64 KiB that JSON.parse takes its time with: what a body costs at least. */
const PLAIN = `[${Array.from({ length: 21_800 }, () => '{}').join()}]`;

describe('the worst input', () => {
  it.each(WORST_BODIES)('of 64 KiB costs some parses of as much JSON, and is told of shortly: %s', (_what, body) => {
    const bytes = Buffer.from(body);
    expect(bytes.length).toBeGreaterThan(32 * 1024);
    expect(bytes.length).toBeLessThanOrEqual(64 * 1024);
    const { errors } = refusalOf(() => read(parseStrictJson(bytes)));
    // A hundred and one of the text and of the content each; of long names, one each.
    expect(errors.length).toBeLessThanOrEqual(202);
    expect(JSON.stringify(errors).length).toBeLessThan(3 * bytes.length);
    // Some twenty times on an idle machine; where class-validator looked for the faults, it was a thousand times.
    const plain = leastMs(() => JSON.parse(PLAIN));
    expect(leastMs(() => refusalOf(() => read(parseStrictJson(bytes))))).toBeLessThan(100 * plain);
  });

  it.each([
    ['a list in place of an object', `[${'{},'.repeat(2_700_000)}{}]`, 'events'],
    ['an object in place of a list', `{"a":[${'{},'.repeat(2_700_000)}{}]}`, null],
    ['one name that is unknown', `{"a":[${'{},'.repeat(2_700_000)}{}]}`, 'events'],
  ])('of 8 MiB costs less than to parse it: %s', (_what, body, at) => {
    const bytes = Buffer.from(body);
    const refuse = () => refusalOf(() => [...splitItems(bytes, { at, minItems: 1, maxItems: 1_000 })]);
    expect(refuse().slug).toBe('invalid-request');
    expect(leastMs(refuse)).toBeLessThan(leastMs(() => JSON.parse(body)));
  });
});

function refusalOf(work: () => unknown): ProblemError {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

/** The least of five: what else the machine does only ever adds. */
function leastMs(work: () => unknown): number {
  const durations = [1, 2, 3, 4, 5].map(() => {
    const startedAt = performance.now();
    work();
    return performance.now() - startedAt;
  });
  return Math.min(...durations);
}
