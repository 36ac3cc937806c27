import type { OpenAPIObject } from '@nestjs/swagger';
import { convertOperation } from './convert-operation.js';
import { isNode, type JsonNode } from './json-node.js';
import { SchemaLibrary } from './schema-library.js';

/** What makers may do: send events, and see what became of them. Operators use other tools. */
const TAGS = new Set(['Publish', 'Events']);
/** The operation that takes events of every type: a designer can show no fields for its envelope. */
const CLOUD_EVENTS = 'application/cloudevents+json';

/**
 * The Power Platform custom connector's definition: the gateway's own document in OpenAPI 2.0, the only version
 * connectors know, with the titles that makers see. Throws `NotConvertibleError` for what OpenAPI 2.0 cannot express.
 *
 * It contains no address: the policy in `connectorProperties` replaces `host` by the address of each connection.
 */
export function connectorDefinition(document: OpenAPIObject): JsonNode {
  const library = new SchemaLibrary(document as unknown as JsonNode);
  const paths = Object.entries(document.paths).flatMap(([path, methods]) => {
    const operations = Object.entries(methods as JsonNode)
      .filter(([, operation]) => isNode(operation) && isForMakers(operation))
      .map(([method, operation]) => [method, convertOperation(operation as JsonNode, library)]);
    return operations.length === 0 ? [] : [[path, Object.fromEntries(operations)]];
  });
  const { title, version, license, contact } = document.info;
  return {
    swagger: '2.0',
    info: { title, description: DESCRIPTION, version, contact, license },
    host: 'gateway.example.com',
    basePath: '/',
    schemes: ['https'],
    consumes: ['application/json'],
    produces: ['application/json'],
    tags: document.tags?.filter(({ name }) => TAGS.has(name)),
    paths: Object.fromEntries(paths),
    definitions: library.definitions(),
    securityDefinitions: { api_key: { type: 'apiKey', in: 'header', name: 'X-API-Key' } },
    security: [{ api_key: [] }],
  };
}

function isForMakers({ tags, requestBody }: JsonNode): boolean {
  if (!Array.isArray(tags) || !tags.some((tag) => TAGS.has(String(tag)))) return false;
  const content = isNode(requestBody) ? requestBody.content : undefined;
  return !(isNode(content) && CLOUD_EVENTS in content);
}

/** At most 1,000 characters, without the word "API" and without names of products that are not ours. */
const DESCRIPTION =
  'Sends business events, such as a purchase or a payment, to the gateway that stores them durably and delivers them, ' +
  'and tells what became of them. Sending the same event again is safe: it is stored once.';
