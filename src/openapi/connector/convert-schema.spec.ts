import { describe, expect, it } from '@jest/globals';
import { convertSchema } from './convert-schema.js';
import type { JsonNode } from './json-node.js';
import { SchemaLibrary } from './schema-library.js';

const document = {
  components: {
    schemas: {
      Status: { type: 'string', enum: ['up', 'down'], description: 'How it is' },
      Line: { type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'] },
    },
  },
};

function convert(schema: JsonNode, sent = false): JsonNode {
  return convertSchema(schema, { library: new SchemaLibrary(document), place: 'here', sent });
}

describe('a schema in OpenAPI 2.0', () => {
  it.each<[string, JsonNode, JsonNode]>([
    ['says null by an extension', { type: 'string', nullable: true }, { type: 'string', 'x-nullable': true }],
    ['lists no null', { type: 'string', enum: ['a', null] }, { type: 'string', enum: ['a'] }],
    [
      'keeps formats that connectors know',
      { type: 'string', format: 'date-time' },
      { type: 'string', format: 'date-time' },
    ],
    ['drops the others', { type: 'string', format: 'uuid' }, { type: 'string' }],
    [
      'drops extensions and examples of nothing',
      { type: 'string', 'x-enumNames': ['A'], example: null },
      { type: 'string' },
    ],
    ['names what is named', { $ref: '#/components/schemas/Line' }, { $ref: '#/definitions/Line' }],
    [
      'writes out what is named and said more about',
      { allOf: [{ $ref: '#/components/schemas/Status' }], description: 'Today' },
      { type: 'string', enum: ['up', 'down'], description: 'Today.' },
    ],
    [
      'writes out what stands in a property, under a title',
      { type: 'object', properties: { doorStatus: { $ref: '#/components/schemas/Status' } } },
      {
        type: 'object',
        properties: {
          doorStatus: {
            type: 'string',
            enum: ['up', 'down'],
            description: 'How it is.',
            'x-ms-summary': 'Door Status',
          },
        },
      },
    ],
    [
      'says how an amount is typed',
      { type: 'object', properties: { total: { type: 'string', pattern: '^-?(0|[1-9])$', description: 'Paid' } } },
      {
        type: 'object',
        properties: {
          total: {
            type: 'string',
            pattern: '^-?(0|[1-9])$',
            description:
              'Paid. A decimal number as text, with a point and without thousands separators, such as 24.85.',
            'x-ms-summary': 'Total',
          },
        },
      },
    ],
  ])('%s', (_, schema, expected) => {
    expect(convert(schema)).toEqual(expected);
  });

  it('shows first what must be sent, and only where it is sent', () => {
    const schema = { type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'] };
    expect(convert(schema, true).properties).toEqual({
      sku: { type: 'string', 'x-ms-summary': 'Sku', 'x-ms-visibility': 'important' },
    });
    expect(convert(schema, false).properties).toEqual({ sku: { type: 'string', 'x-ms-summary': 'Sku' } });
  });

  it('defines everything that was referred to, once', () => {
    const library = new SchemaLibrary({
      components: {
        schemas: {
          ...document.components.schemas,
          Order: {
            type: 'object',
            properties: { lines: { type: 'array', items: { $ref: '#/components/schemas/Line' } } },
          },
        },
      },
    });
    convertSchema({ $ref: '#/components/schemas/Order' }, { library, place: 'here', sent: true });
    expect(Object.keys(library.definitions())).toEqual(['Line', 'Order']);
  });

  it.each<[string, JsonNode, RegExp]>([
    ['a choice of schemas', { oneOf: [{ type: 'string' }] }, /here: .*oneOf/],
    ['a choice of schemas in a property', { properties: { a: { anyOf: [] } } }, /here\/a: .*anyOf/],
    ['several schemas in one', { allOf: [{ type: 'object' }, { type: 'object' }] }, /allOf/],
    ['a word nobody knows', { type: 'string', contentEncoding: 'base64' }, /contentEncoding/],
    ['a property that is no schema', { properties: { a: true } }, /here\/a: not a schema/],
    ['a reference that leads nowhere', { allOf: [{ $ref: '#/components/schemas/None' }] }, /leads nowhere/],
  ])('is refused for %s', (_, schema, message) => {
    expect(() => convert(schema)).toThrow(message);
  });
});
