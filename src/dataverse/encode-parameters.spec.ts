import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BusinessEvent, definitionOf } from '../contract/business-event.js';
import { canonicalJson } from '../contract/canonical-json.js';
import type { EventClass } from '../contract/event-class.js';
import type { EventDefinition } from '../contract/event-definition.js';
import * as word from '../contract/fields.js';
import { encodeParameters } from './encode-parameters.js';

const description = 'A field.';
const ENVELOPE = '"EventId":"0192f5d4-0000-7000-8000-000000000001","EventSource":"store \\"7\\""';

class Line {
  @word.Text({ maxLength: 10, description })
  readonly sku!: string;

  @word.Decimal({ description })
  readonly quantity!: string;
}

class Member {
  @word.Amount({ description })
  readonly amount!: string;

  @word.Decimal({ optional: true, description })
  readonly weight?: string;

  @word.Float({ optional: true, description })
  readonly height?: number;

  @word.Integer({ optional: true, description })
  readonly count?: number;

  @word.Guid({ optional: true, description })
  readonly id?: string;

  @word.Instant({ optional: true, description })
  readonly at?: string;

  @word.TextList({ optional: true, maxItems: 3, maxLength: 9, description })
  readonly tags?: readonly string[];

  @word.Flag({ optional: true, description })
  readonly done?: boolean;

  @word.RecordsOf(() => Line, { optional: true, maxItems: 3, description })
  readonly parts?: readonly Line[];
}

@BusinessEvent({
  name: 'Everything',
  version: 1,
  summary: 's',
  catalog: { root: 'r', category: 'c' },
  key: 'text',
  example: {},
})
class Everything {
  @word.Text({ optional: true, maxLength: 100, description })
  readonly text?: string;

  @word.Amount({ optional: true, description })
  readonly amount?: string;

  @word.Decimal({ optional: true, description })
  readonly decimal?: string;

  @word.Integer({ optional: true, description })
  readonly integer?: number;

  @word.Float({ optional: true, description })
  readonly float?: number;

  @word.Flag({ optional: true, description })
  readonly flag?: boolean;

  @word.Instant({ optional: true, description })
  readonly occurredAt?: string;

  @word.Guid({ optional: true, description })
  readonly guid?: string;

  @word.Choice({ labels: ['card', 'cash'], optional: true, description })
  readonly label?: 'card' | 'cash';

  @word.Option({ options: { 1: 'Card', 2: 'Cash' }, optional: true, description })
  readonly option?: 1 | 2;

  @word.TextList({ maxItems: 3, maxLength: 9, optional: true, description })
  readonly list?: readonly string[];

  @word.Reference({ table: 'contact', optional: true, description })
  readonly contactId?: string;

  @word.RecordOf(() => Line, { table: 'account', optional: true, description })
  readonly record?: Line;

  @word.RecordOf(() => Member, { optional: true, description })
  readonly open?: Member;

  @word.RecordsOf(() => Line, { optional: true, maxItems: 3, description })
  readonly records?: readonly Line[];

  @word.Lines(() => Line, { optional: true, maxItems: 3, description })
  readonly lines?: readonly Line[];
}

const GUID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const LINE = { sku: 'A', quantity: '1.50' };

describe('encodeParameters', () => {
  it.each<readonly [string, object, string]>([
    ['text', { text: 'Grüße "😀"\n' }, '"Text":"Grüße \\"😀\\"\\n"'],
    ['money, digit for digit', { amount: '-999999999999999.9900' }, '"Amount":-999999999999999.9900'],
    ['a decimal, digit for digit', { decimal: '0.1000000000' }, '"Decimal":0.1000000000'],
    ['an integer', { integer: -7 }, '"Integer":-7'],
    ['a float', { float: 1.5e-9 }, '"Float":1.5e-9'],
    ['a flag', { flag: false }, '"Flag":false'],
    ['an instant, once', { occurredAt: '2026-11-22T10:00:00+01:00' }, '"OccurredAt":"2026-11-22T10:00:00+01:00"'],
    ['a guid', { guid: GUID }, `"Guid":"${GUID}"`],
    ['a label', { label: 'card' }, '"Label":"card"'],
    ['an option', { option: 2 }, '"Option":2'],
    ['a list of texts', { list: ['a', '"'] }, '"List":["a","\\""]'],
    ['an empty list', { list: [] }, '"List":[]'],
    [
      'a reference',
      { contactId: GUID },
      `"ContactId":{"@odata.type":"Microsoft.Dynamics.CRM.contact","contactid":"${GUID}"}`,
    ],
    [
      'a record of a table',
      { record: LINE },
      '"Record":{"@odata.type":"Microsoft.Dynamics.CRM.account","sku":"A","quantity":1.50}',
    ],
    [
      'a record of the open type, with the types that JSON alone would not show',
      {
        open: {
          amount: '1.00',
          weight: '2.50',
          height: 3,
          count: 4,
          id: GUID,
          at: '2026-11-22T10:00:00Z',
          tags: ['x'],
          done: true,
          parts: [LINE],
        },
      },
      [
        '"Open":{"@odata.type":"Microsoft.Dynamics.CRM.expando"',
        '"amount@odata.type":"#Decimal","amount":1.00',
        '"weight@odata.type":"#Decimal","weight":2.50',
        '"height@odata.type":"#Double","height":3',
        '"count":4',
        `"id@odata.type":"#Guid","id":"${GUID}"`,
        '"at@odata.type":"#DateTimeOffset","at":"2026-11-22T10:00:00Z"',
        '"tags@odata.type":"#Collection(String)","tags":["x"]',
        '"done":true',
        '"parts@odata.type":"#Collection(Microsoft.Dynamics.CRM.expando)"',
        '"parts":[{"@odata.type":"Microsoft.Dynamics.CRM.expando","sku":"A","quantity@odata.type":"#Decimal","quantity":1.50}]}',
      ].join(','),
    ],
    [
      'records',
      { records: [LINE, LINE] },
      `"Records":[${[1, 2]
        .map(
          () =>
            '{"@odata.type":"Microsoft.Dynamics.CRM.expando","sku":"A","quantity@odata.type":"#Decimal","quantity":1.50}',
        )
        .join(',')}]`,
    ],
    ['lines, as one text of JSON', { lines: [LINE] }, '"Lines":"[{\\"quantity\\":\\"1.50\\",\\"sku\\":\\"A\\"}]"'],
    ['nothing for what is absent', {}, ''],
  ])('writes %s', (_, content, parameters) => {
    expect(encode(Everything, content)).toBe(`{${ENVELOPE}${parameters === '' ? '' : `,${parameters}`}}`);
  });

  it('leaves a null out', () => {
    expect(encodeText(Everything, '{"flag":true,"text":null}')).toBe(`{${ENVELOPE},"Flag":true}`);
  });

  it('takes nothing for a field that only every object has', () => {
    const [text, ...others] = definitionFor(Everything).fields;
    const fields = text === undefined ? others : [{ ...text, name: 'toString' }, ...others];
    const event = { id: '0192f5d4-0000-7000-8000-000000000001', source: 'store "7"', data: '{"flag":true}' };
    expect(encodeParameters({ ...definitionFor(Everything), fields }, event)).toBe(`{${ENVELOPE},"Flag":true}`);
  });

  it('keeps the order of the definition, whatever the order of the content', () => {
    expect(encodeText(Everything, '{"flag":true,"amount":"1","text":"a"}')).toBe(
      `{${ENVELOPE},"Text":"a","Amount":1,"Flag":true}`,
    );
  });

  it('carries every digit of every amount and decimal', () => {
    const digits = fc
      .array(fc.constantFrom(...'0123456789'), { minLength: 1, maxLength: 10 })
      .map((all) => all.join(''));
    const literal = fc
      .tuple(fc.constantFrom('', '-'), fc.bigInt(0n, 999_999_999_999_999n), fc.option(digits))
      .map(([sign, whole, fraction]) => `${sign}${whole}${fraction === null ? '' : `.${fraction}`}`);
    fc.assert(
      fc.property(literal, literal, (amount, decimal) => {
        const text = encode(Everything, { amount, decimal });
        expect(text).toBe(`{${ENVELOPE},"Amount":${amount},"Decimal":${decimal}}`);
        expect(() => JSON.parse(text)).not.toThrow();
      }),
    );
  });

  it('writes JSON that says what was stored, for any text, number and list', () => {
    const content = fc.record(
      {
        text: fc.string({ unit: 'grapheme' }),
        float: fc
          .double({ noNaN: true, noDefaultInfinity: true })
          .map((number) => (Object.is(number, -0) ? 0 : number)),
        integer: fc.integer(),
        list: fc.array(fc.string()),
        lines: fc.array(fc.record({ sku: fc.string(), quantity: fc.constant('1.50') })),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(content, (stored) => {
        const { Lines, Text, Float, Integer, List } = JSON.parse(encode(Everything, stored));
        const lines = Lines === undefined ? undefined : JSON.parse(Lines);
        expect({ text: Text, float: Float, integer: Integer, list: List, lines }).toEqual({
          ...{ text: undefined, float: undefined, integer: undefined, list: undefined, lines: undefined },
          ...stored,
        });
      }),
    );
  });
});

function encode(eventClass: EventClass, content: object): string {
  return encodeText(eventClass, canonicalJson(content));
}

function encodeText(eventClass: EventClass, data: string): string {
  const event = { id: '0192f5d4-0000-7000-8000-000000000001', source: 'store "7"', data };
  return encodeParameters(definitionFor(eventClass), event);
}

function definitionFor(eventClass: EventClass): EventDefinition {
  const definition = definitionOf(eventClass);
  if (definition === null) throw new Error('no event');
  return definition;
}
