import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ProblemError } from '../../http/problem.error.js';
import { type ItemsShape, splitItems } from './split-items.js';

const EVENTS: ItemsShape = { at: 'events', minItems: 1, maxItems: 5 };
const LIST: ItemsShape = { at: null, minItems: 0, maxItems: 5 };

function split(body: string | Buffer, shape = EVENTS): string[] {
  return [...splitItems(Buffer.from(body), shape)].map((item) => item.toString('utf8'));
}

/** What a body is refused for: the slug, and every fault. */
function refusalOf(body: string | Buffer, shape = EVENTS): string[] {
  try {
    split(body, shape);
  } catch (error) {
    if (error instanceof ProblemError) {
      return [error.slug, ...error.errors.map(({ pointer, detail }) => `${pointer} ${detail}`)];
    }
    throw error;
  }
  return [];
}

describe('the items of a body', () => {
  it.each([
    ['objects', '{"events":[{"a":1},{"b":[2,{}]}]}', ['{"a":1}', '{"b":[2,{}]}']],
    ['white space anywhere', ' { "events" :\r\n[\t{ "a" : 1 } , 2 ] } ', ['{ "a" : 1 }', '2']],
    ['brackets and quotes in texts', '{"events":["]}",{"a\\"}":"[\\\\"}]}', ['"]}"', '{"a\\"}":"[\\\\"}']],
    ['words and numbers', '{"events":[null,true,-1.5e3]}', ['null', 'true', '-1.5e3']],
    ['a name that is escaped', '{"\\u0065vents":[1]}', ['1']],
    ['many bytes to a character', '{"events":["ä店😀"]}', ['"ä店😀"']],
  ])('are told apart: %s', (_, body, items) => {
    expect(split(body)).toEqual(items);
  });

  it('may be the body itself', () => {
    expect(split('[{"a":1},2]', LIST)).toEqual(['{"a":1}', '2']);
    expect(split('[]', LIST)).toEqual([]);
  });

  it('are those that JSON.parse finds, however the body is written', () => {
    const items = fc.array(fc.jsonValue(), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(items, fc.constantFrom(undefined, 1, '\t'), (events, indent) => {
        const found = split(JSON.stringify({ events }, null, indent));
        expect(found.map((item) => JSON.parse(item))).toEqual(JSON.parse(JSON.stringify(events)));
      }),
    );
  });

  it('are never more than JSON.parse finds in what is no JSON', () => {
    const noise = fc.array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', '1', ' ', 'null', '"events"'));
    fc.assert(
      fc.property(noise, (parts) => {
        const body = `{"events":[${parts.join('')}`;
        if (refusalOf(body).length > 0) return;
        const items = split(body);
        // A fault inside an item is found by whoever reads it; around the items there is none left.
        if (items.every(isJson)) expect(JSON.parse(body).events).toEqual(items.map((item) => JSON.parse(item)));
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('a body is refused', () => {
  const MALFORMED = ['malformed-json'];

  it.each([
    ['', MALFORMED],
    ['nonsense', MALFORMED],
    ['{', MALFORMED],
    ['{"events"', MALFORMED],
    ['{"events":', MALFORMED],
    ['{"events":[', MALFORMED],
    ['{"events":[1', MALFORMED],
    ['{"events":[1}', MALFORMED],
    ['{"events":[1]', MALFORMED],
    ['{"events":[1]]', MALFORMED],
    ['{"events":[1,]}', MALFORMED],
    ['{"events":[,1]}', MALFORMED],
    ['{"events":[1 2]}', MALFORMED],
    ['{"events":[1],}', MALFORMED],
    ['{"events":["a]}', MALFORMED],
    ['{"events":[{"a":1]}', MALFORMED],
    ['{"events":[1]}{}', MALFORMED],
    ['{"events":[1]} x', MALFORMED],
    ['{events:[1]}', MALFORMED],
    ['{"a\\x":1,"events":[1]}', MALFORMED],
    ['\ufeff{"events":[1]}', MALFORMED],
    ['[1]', ['invalid-request', ' must be an object']],
    ['5', ['invalid-request', ' must be an object']],
    ['{}', ['invalid-request', '/events is required']],
    ['{"events":null}', ['invalid-request', '/events must be a list']],
    ['{"events":{"0":1}}', ['invalid-request', '/events must be a list']],
    ['{"events":[]}', ['invalid-request', '/events must have 1 to 5 items']],
    ['{"events":[1,2,3,4,5,6]}', ['invalid-request', '/events must have 1 to 5 items']],
    ['{"events":[1],"events":[2]}', ['invalid-request', '/events appears more than once']],
    [
      '{"a/b":[1,{}],"Events":[1]}',
      ['invalid-request', '/a~1b is not a known property', '/Events is not a known property', '/events is required'],
    ],
    ['{"__proto__":{},"events":[1]}', ['invalid-request', '/__proto__ is not a known property']],
  ])('%s', (body, refusal) => {
    expect(refusalOf(body)).toEqual(refusal);
  });

  it('where it is not UTF-8, be it in one item', () => {
    expect(refusalOf(Buffer.from('{"events":["\xe4"]}', 'latin1'))).toEqual(MALFORMED);
  });

  it('where it should be a list and is none', () => {
    expect(refusalOf('{}', LIST)).toEqual(['invalid-request', ' must be a list']);
    expect(refusalOf('[1,2,3,4,5,6]', LIST)).toEqual(['invalid-request', ' must have 0 to 5 items']);
    expect(refusalOf('[1', LIST)).toEqual(MALFORMED);
  });

  it('with a hundred faults and one more, however many unknown members it has', () => {
    const members = Array.from({ length: 5_000 }, (_, index) => `"m${index}":1`).join();
    expect(refusalOf(`{${members}}`)).toHaveLength(1 + 101);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
