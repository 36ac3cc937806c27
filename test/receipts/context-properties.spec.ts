import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { eventIdOf } from '../../src/receipts/context/event-id-of.js';
import { MalformedContextError } from '../../src/receipts/context/malformed-context.error.js';
import { readContext } from '../../src/receipts/context/read-context.js';
import type { RemoteExecutionContext } from '../../src/receipts/context/remote-execution-context.js';
import { toCloudEvent } from '../../src/receipts/context/to-cloud-event.js';
import { writeContext } from '../../src/receipts/context/write-context.js';
import { arbitraryContext } from './support/arbitrary-context.js';
import { jsonTokens } from './support/json-tokens.js';
import { readSample } from './support/read-sample.js';

/** How many times as many as each test run draws, `CONTEXT_FUZZ=100`: docs/fuzz.md. */
const TIMES = Number(process.env.CONTEXT_FUZZ ?? 1);
jest.setTimeout(TIMES * 30_000);

const SAMPLES = ['contact-created', 'purchase-raised', 'purchase-stripped', 'all-value-types'].map(readSample);

describe('a context that is read and written', () => {
  it('is the same JSON, member by member and digit by digit', () => {
    fc.assert(
      fc.property(arbitraryContext, (text) => {
        expect(jsonTokens(writeContext(readContext(text)))).toEqual(jsonTokens(text));
      }),
      { numRuns: 100 * TIMES },
    );
  });

  it('is the same context when it is read again', () => {
    fc.assert(
      fc.property(arbitraryContext, (text) => {
        const context = readContext(text);
        expect(readContext(writeContext(context))).toEqual(context);
      }),
      { numRuns: 50 * TIMES },
    );
  });

  it('has the same event in its CloudEvent', () => {
    fc.assert(
      fc.property(arbitraryContext, (text) => {
        const context = { ...readContext(text), operationId: 'o' };
        const event = toCloudEvent(context, { type: 'any' });
        expect(event.id === 'o' || event.id === eventIdOf(context)).toBe(true);
        expect(Object.keys(event.data ?? {}).sort()).toEqual(Array.from(context.inputParameters?.keys() ?? []).sort());
      }),
      { numRuns: 50 * TIMES },
    );
  });
});

describe('a text that was mutated', () => {
  it('is read as the JSON it is, or refused', () => {
    let read = 0;
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...SAMPLES), arbitraryContext), mutations(), (text, changes) => {
        const mutated = changes.reduce((before, change) => change(before), text);
        const context = readOrRefuse(mutated);
        if (context === null) return;
        read++;
        expect(() => JSON.parse(mutated)).not.toThrow();
        expect(jsonTokens(writeContext(context))).toEqual(jsonTokens(mutated));
      }),
      { numRuns: 500 * TIMES },
    );
    expect(read).toBeGreaterThan(15 * TIMES);
  });

  it('is refused whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        expect(readOrRefuse(text)).toBeNull();
      }),
      { numRuns: 600 * TIMES },
    );
  });
});

type Mutation = (text: string) => string;

/** A few changes in any places: characters that mean something to JSON put in, pieces taken out, doubled or moved. */
function mutations(): fc.Arbitrary<readonly Mutation[]> {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  const piece = fc.constantFrom(
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '0',
    '-',
    '.',
    'e9',
    'null',
    ' ',
    '\n',
    '\u0000',
    '1',
    'a',
  );
  const change = fc.tuple(place, fc.nat(12), fc.oneof(piece, fc.constant('')), fc.boolean()).map(
    ([at, length, put, isDoubled]): Mutation =>
      (text) => {
        const index = Math.floor(at * text.length);
        const taken = text.slice(index, index + length);
        return `${text.slice(0, index)}${isDoubled ? taken + taken : put}${text.slice(index + length)}`;
      },
  );
  return fc.array(change, { minLength: 1, maxLength: 3 });
}

function readOrRefuse(text: string): RemoteExecutionContext | null {
  try {
    return readContext(text);
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedContextError);
    return null;
  }
}
