import { describe, expect, it } from '@jest/globals';
import { BusinessEvent, definitionOf } from '../contract/business-event.js';
import * as word from '../contract/fields.js';
import { encodeParameters } from './encode-parameters.js';
import { NotEncodableError } from './not-encodable.error.js';

const description = 'A field.';

class Line {
  @word.Text({ maxLength: 10, description })
  readonly sku!: string;

  @word.Decimal({ description })
  readonly quantity!: string;
}

@BusinessEvent({
  name: 'Strict',
  version: 1,
  summary: 's',
  catalog: { root: 'r', category: 'c' },
  key: 'text',
  example: {},
})
class Strict {
  @word.Text({ maxLength: 100, description })
  readonly text!: string;

  @word.Amount({ optional: true, description })
  readonly amount?: string;

  @word.Decimal({ optional: true, description })
  readonly decimal?: string;

  @word.RecordsOf(() => Line, { optional: true, maxItems: 3, description })
  readonly records?: readonly Line[];

  @word.RecordOf(() => Line, { optional: true, description })
  readonly record?: Line;
}

describe('encodeParameters, for content that does not fit its definition', () => {
  it.each<readonly [string, string, string]>([
    ['lacks a required field', '{}', 'it lacks the required field text'],
    ['has null in a required field', '{"text":null}', 'it lacks the required field text'],
    ['lacks a required field inside', '{"text":"a","record":{"sku":"A"}}', 'it lacks the required field quantity'],
    ['holds a field nobody declared', '{"text":"a","more":1}', 'it holds a field that its definition does not have'],
    [
      'holds a field nobody declared inside',
      '{"text":"a","record":{"sku":"A","quantity":"1","more":1}}',
      'it holds a field that its definition does not have',
    ],
    ['is not JSON', '{"text":', 'its stored content is not JSON'],
    ['is a list', '[]', 'it holds something else where its definition has an object'],
    ['is null', 'null', 'it holds something else where its definition has an object'],
    ['has a text where a record is', '{"text":"a","record":"b"}', 'where its definition has an object'],
    [
      'has an object where a list is',
      '{"text":"a","records":{}}',
      'it holds something else where its definition has a list',
    ],
    ['has a number where a decimal string is', '{"text":"a","amount":1}', 'its field amount is not an exact number'],
    [
      'has a smuggled member in an amount',
      '{"text":"a","amount":"1,\\"x\\":2"}',
      'its field amount is not an exact number',
    ],
    ['has an exponent in a decimal', '{"text":"a","decimal":"1e3"}', 'its field decimal is not an exact number'],
    ['has a leading zero in an amount', '{"text":"a","amount":"01"}', 'its field amount is not an exact number'],
    ['has a bare point in an amount', '{"text":"a","amount":"1."}', 'its field amount is not an exact number'],
  ])('refuses content that %s', (_, data, message) => {
    const encoding = () => encode(data);
    expect(encoding).toThrow(NotEncodableError);
    expect(encoding).toThrow(message);
  });
});

function encode(data: string): string {
  const definition = definitionOf(Strict);
  if (definition === null) throw new Error('no event');
  return encodeParameters(definition, { id: 'id', source: 'source', data });
}
