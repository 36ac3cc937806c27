import { sentence, titleOf } from './connector-text.js';
import { isNode, type JsonNode } from './json-node.js';
import { NotConvertibleError } from './not-convertible.error.js';

/** Formats that connectors know (schemas/apiDefinition.swagger.schema.json of microsoft/PowerPlatformConnectors). */
const FORMATS = new Set(['int32', 'int64', 'float', 'double', 'byte', 'binary', 'date', 'date-time', 'uri']);
/** Keywords that are the same in both versions. */
const SAME = new Set([
  'type',
  'title',
  'default',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'required',
  'additionalProperties',
]);
const DECIMAL_HINT = 'A decimal number as text, with a point and without thousands separators, such as 24.85.';
const DECIMAL = /^\^-\?\(0\|/;

/** Resolves the document's named schemas. */
export interface NamedSchemas {
  /** The reference to the same schema in 2.0; `sent` where makers fill it in. */
  refer(reference: string, sent: boolean): string;
  /** The node itself, or the one that it refers to. */
  resolve(node: JsonNode): JsonNode;
}

/** Where a schema stands, and the schemas it may refer to. */
export interface SchemaPlace {
  readonly library: NamedSchemas;
  /** For messages. */
  readonly place: string;
  /** Whether makers fill it in: required members are then shown first. */
  readonly sent: boolean;
}

/**
 * Converts a schema of OpenAPI 3.0 to 2.0. References stay, so that every object is defined once. The schema of a
 * property is written out, because beside a `$ref` no title would be read.
 */
export function convertSchema(schema: JsonNode, at: SchemaPlace): JsonNode {
  if (typeof schema.$ref === 'string') return { $ref: at.library.refer(schema.$ref, at.sent) };
  const { allOf, ...own } = schema;
  const whole = allOf === undefined ? own : { ...onlyMember(allOf, at), ...own };
  return Object.fromEntries(Object.entries(whole).flatMap(([word, value]) => translate(word, value, whole, at)));
}

/** `allOf` only ever serves to say more about one named schema. */
function onlyMember(allOf: unknown, at: SchemaPlace): JsonNode {
  const [only, ...more] = Array.isArray(allOf) ? (allOf as readonly unknown[]) : [];
  if (!isNode(only) || more.length > 0) throw new NotConvertibleError(at.place, 'allOf of anything but one schema');
  return at.library.resolve(only);
}

type Members = readonly (readonly [word: string, value: unknown])[];
type Translation = (value: unknown, whole: JsonNode, at: SchemaPlace) => Members;

/** What 2.0 expresses in another way, or not at all. */
const TRANSLATIONS: Readonly<Record<string, Translation>> = {
  nullable: (value) => (value === true ? [['x-nullable', true]] : []),
  format: (value) => (FORMATS.has(String(value)) ? [['format', value]] : []),
  // 2.0 has no null; `x-nullable` says whether a value may be null.
  enum: (value) => [['enum', (value as readonly unknown[]).filter((one) => one !== null)]],
  example: (value) => (value === null ? [] : [['example', value]]),
  description: (value) => [['description', sentence(String(value))]],
  items: (value, _, at) => [['items', convertSchema(nodeOf(value, at), { ...at, place: `${at.place}/items` })]],
  properties: (value, whole, at) => [['properties', convertProperties(nodeOf(value, at), whole, at)]],
};

function translate(word: string, value: unknown, whole: JsonNode, at: SchemaPlace): Members {
  const translation = TRANSLATIONS[word];
  if (translation !== undefined) return translation(value, whole, at);
  if (word.startsWith('x-')) return [];
  if (!SAME.has(word)) throw new NotConvertibleError(at.place, `no word in OpenAPI 2.0 for ${word}`);
  return [[word, value]];
}

function convertProperties(properties: JsonNode, { required }: JsonNode, at: SchemaPlace): JsonNode {
  const needed = new Set(at.sent && Array.isArray(required) ? (required as readonly string[]) : []);
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const place = `${at.place}/${name}`;
      const written = convertSchema(at.library.resolve(nodeOf(property, { ...at, place })), { ...at, place });
      const visibility = needed.has(name) ? { 'x-ms-visibility': 'important' } : {};
      return [name, { ...written, 'x-ms-summary': titleOf(name), ...visibility, ...withHint(written) }];
    }),
  );
}

/** Designers send what a maker types: only this tells them that an amount is a text. */
function withHint({ description = '', pattern }: JsonNode): JsonNode {
  const isDecimal = typeof pattern === 'string' && DECIMAL.test(pattern);
  return isDecimal ? { description: `${String(description)} ${DECIMAL_HINT}`.trim() } : {};
}

function nodeOf(value: unknown, { place }: SchemaPlace): JsonNode {
  if (!isNode(value)) throw new NotConvertibleError(place, 'not a schema');
  return value;
}
