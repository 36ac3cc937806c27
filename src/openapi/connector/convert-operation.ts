import { sentence, titleOf } from './connector-text.js';
import { convertSchema, type NamedSchemas } from './convert-schema.js';
import { isNode, type JsonNode } from './json-node.js';
import { NotConvertibleError } from './not-convertible.error.js';

const JSON_TYPES = ['application/json', 'application/problem+json'];
/** Parameters that a flow seldom needs; they are shown when a maker asks for more. Headers are among them. */
const SELDOM = new Set(['blocking', 'cursor', 'limit']);
/** Of no use to callers who may not read what others sent. */
const OF_OPERATORS = new Set(['client']);

/** An operation of OpenAPI 3.0 as an action of the connector. */
export function convertOperation(operation: JsonNode, library: NamedSchemas): JsonNode {
  const { operationId, summary, description, tags, parameters = [], requestBody, responses } = operation;
  const place = String(operationId);
  const ofRequest = (parameters as readonly JsonNode[])
    .map((parameter) => library.resolve(parameter))
    .filter(({ name }) => !OF_OPERATORS.has(String(name)))
    .map((parameter) => convertParameter(parameter, { library, place, sent: true }));
  const body = isNode(requestBody) ? [convertBody(library.resolve(requestBody), { library, place, sent: true })] : [];
  return {
    operationId: `${place.charAt(0).toUpperCase()}${place.slice(1)}`,
    summary,
    description: sentence(String(description)),
    tags,
    ...(Array.isArray(tags) && tags.includes('Publish') ? { 'x-ms-visibility': 'important' } : {}),
    ...(body.length > 0 ? { consumes: ['application/json'] } : {}),
    parameters: [...ofRequest, ...body],
    responses: convertResponses(nodeAt(responses, place), { library, place, sent: false }),
  };
}

interface Place {
  readonly library: NamedSchemas;
  readonly place: string;
  readonly sent: boolean;
}

function convertParameter({ name, in: where, required, description, schema }: JsonNode, at: Place): JsonNode {
  const place = `${at.place}/${String(name)}`;
  const written = convertSchema(at.library.resolve(nodeAt(schema, place)), { ...at, place });
  const { example: _, description: __, 'x-nullable': ___, ...plain } = written;
  if (plain.type === 'object') throw new NotConvertibleError(place, 'an object in a parameter');
  const isSeldom = where === 'header' || SELDOM.has(String(name));
  return {
    name,
    in: where,
    required: required === true,
    ...plain,
    ...(where === 'path' ? { 'x-ms-url-encoding': 'single' } : {}),
    'x-ms-summary': titleOf(String(name)),
    description: sentence(String(description)),
    ...(isSeldom ? { 'x-ms-visibility': 'advanced' } : {}),
  };
}

function convertBody({ content, description, required }: JsonNode, at: Place): JsonNode {
  const place = `${at.place}/body`;
  const schema = jsonSchemaOf(content);
  if (schema === null) throw new NotConvertibleError(place, 'a body of another type than JSON');
  return {
    name: 'body',
    in: 'body',
    required: required === true,
    ...(description === undefined ? {} : { description: sentence(String(description)) }),
    schema: convertSchema(schema, { ...at, place }),
  };
}

/** The responses in JSON; those in other forms are for other callers. */
function convertResponses(responses: JsonNode, at: Place): JsonNode {
  const all = Object.entries(responses).map(([status, node]) => {
    const { description, content, headers } = at.library.resolve(nodeAt(node, `${at.place}/${status}`));
    const schema = jsonSchemaOf(content);
    const written = schema === null ? {} : { schema: convertSchema(schema, { ...at, place: `${at.place}/${status}` }) };
    const ofHeaders = isNode(headers) ? { headers: convertHeaders(headers, at) } : {};
    const isOther = content !== undefined && schema === null;
    return isOther ? [] : [[status, { description: sentence(String(description)), ...written, ...ofHeaders }] as const];
  });
  return Object.fromEntries(all.flat());
}

function convertHeaders(headers: JsonNode, at: Place): JsonNode {
  return Object.fromEntries(
    Object.entries(headers).map(([name, node]) => {
      const { description, schema } = at.library.resolve(nodeAt(node, name));
      const { example: _, ...plain } = convertSchema(nodeAt(schema, name), { ...at, place: `${at.place}/${name}` });
      return [name, { ...plain, description: sentence(String(description)) }];
    }),
  );
}

function jsonSchemaOf(content: unknown): JsonNode | null {
  const [type] = isNode(content) ? JSON_TYPES.map((name) => content[name]).filter(isNode) : [];
  return isNode(type?.schema) ? type.schema : null;
}

function nodeAt(value: unknown, place: string): JsonNode {
  if (!isNode(value)) throw new NotConvertibleError(place, 'nothing is said');
  return value;
}
