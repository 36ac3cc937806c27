import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileValidation } from '../../src/contract/compiled-validation.js';
import type { EventDefinition } from '../../src/contract/event-definition.js';
import { loadEventCatalog } from '../../src/contract/load-event-catalog.js';
import { validateEvent } from '../../src/contract/validate-event.js';
import type { InputFault } from '../../src/kernel/input-fault.js';

const shipped = await loadEventCatalog(new URL('../../src/events/', import.meta.url), 'contoso');
const words = await loadEventCatalog(new URL('./fixtures/every-word/', import.meta.url), 'contoso');
const definitions = [...words.definitions, ...shipped.definitions];

/** What might stand anywhere in a body, right or wrong; the right ones are those that the examples hold. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    null,
    '',
    'x',
    'web',
    'T-1',
    '12.50',
    '-0',
    '01',
    '1.23456',
    '9999999999999999',
    '2026-02-30',
    '2028-02-29',
    '2026-11-22T10:00:00Z',
    '2026-11-22T24:00:00Z',
    '2026-11-22T10:00:00',
    'a@b.de',
    'a@b',
    'ABC',
    'ABCD',
    '😀😀😀',
    '\ud800',
    'somebody\ud800@example.com',
    '0f8fad5b-d9cb-469f-a165-70867728950e',
    0,
    -0,
    1,
    2,
    3,
    10,
    11,
    0.5,
    1e300,
    2 ** 53,
    -100.5,
    true,
    false,
    [],
    [[]],
    [{}],
    ['a'],
    ['a', 'b', 'c', 'd'],
    ['toolong'],
    {},
    { name: 'n' },
    { name: 'n', count: null },
    { name: 'n', count: -1 },
    { name: 'n', more: 1 },
    [{ name: 'n' }],
    [{ name: 'n' }, 1],
    [{ name: 'n' }, { name: 'n' }, { name: 'n' }],
    [null],
    [[{ name: 'n' }]],
    [{ name: 'n', constructor: 1 }, {}],
    { constructor: { toString: 1 } },
    Array.from({ length: 150 }, () => ({})),
    Array.from({ length: 201 }, () => ({ more: 1 })),
  ),
);

/** The same faults, in whatever order; of more than a hundred, a hundred and one of them. */
function expectTold(told: readonly InputFault[], all: readonly InputFault[]): void {
  if (all.length <= 100) expect(inOrder(told)).toEqual(inOrder(all));
  else {
    expect(new Set(inOrder(told)).size).toBe(101);
    expect(inOrder(all)).toEqual(expect.arrayContaining(inOrder(told)));
  }
}

function inOrder(faults: readonly InputFault[]): string[] {
  return faults.map(({ pointer, detail }) => `${pointer} ${detail}`).sort();
}

/** Names that mean something to libraries, or nothing to anybody. */
const strangeName = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'length',
  'a@b',
  'a.b',
  'a/b',
  '',
  '0',
);

/** A body that was an example before up to four of its members were changed, dropped or added. */
function bodyOf(definition: EventDefinition): fc.Arbitrary<unknown> {
  const name = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...Object.keys(definition.example)) },
    { weight: 1, arbitrary: strangeName },
  );
  const change = fc.record({ name, value: fc.option(anything, { nil: undefined, freq: 5 }) });
  return fc.array(change, { maxLength: 4 }).map((changes) => {
    const members = new Map<string, unknown>(Object.entries(definition.example));
    for (const { name, value } of changes) members.set(name, value);
    // By way of JSON text: only what a parser can make is judged, `__proto__` as an own member included.
    const texts = [...members]
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
    return JSON.parse(`{${texts.join()}}`);
  });
}

describe.each(definitions.map((definition) => [definition.type, definition] as const))(
  'validation of %s, compiled',
  (_type, definition) => {
    const compiled = compileValidation(definition);

    it('says what class-validator says', () => {
      let valid = 0;
      fc.assert(
        fc.property(bodyOf(definition), (body) => {
          const faults = validateEvent(definition, body);
          if (faults.length === 0) valid++;
          expectTold(compiled(body), faults);
        }),
        { numRuns: 1_500 },
      );
      expect(valid).toBeGreaterThan(100);
    });

    it('takes the short way for every valid event', () => {
      const shortWay = compiled(definition.example);
      fc.assert(
        fc.property(bodyOf(definition), (body) => {
          fc.pre(validateEvent(definition, body).length === 0);
          expect(compiled(body)).toBe(shortWay);
        }),
        { numRuns: 300, maxSkipsPerRun: 1_000 },
      );
    });

    it.each([[null], [[]], ['text'], [1], [true], [undefined]])('refuses what is no object: %p', (value) => {
      expect(compiled(value)).toEqual([{ pointer: '', detail: 'must be an object' }]);
    });
  },
);
