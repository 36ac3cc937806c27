import { isNode, type JsonNode } from '../../../src/openapi/connector/json-node.js';

/** As much of OpenAPI 2.0 as the connector's definition has. */
export interface ConnectorDocument {
  readonly info: { readonly title: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, ConnectorOperation>>>>;
  readonly definitions: Readonly<Record<string, JsonNode>>;
  readonly securityDefinitions: JsonNode;
}

interface ConnectorOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly (JsonNode & { readonly in: string; readonly schema?: JsonNode })[];
  readonly responses: Readonly<Record<string, { readonly schema?: JsonNode }>>;
}

/** Something that a maker can put into a flow. */
export interface Action {
  readonly path: string;
  readonly method: string;
  readonly operation: ConnectorOperation;
}

export function actionsOf(document: ConnectorDocument): readonly Action[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
}

/** Every member of a document, however deep. */
export function nodesOf(value: unknown): readonly { readonly key: string; readonly value: unknown }[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (!isNode(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => [{ key, value: member }, ...nodesOf(member)]);
}

/** What a designer would send: every member with its example, or with one item where only the items have examples. */
export function exampleOf(schema: JsonNode, document: ConnectorDocument): unknown {
  if (typeof schema.$ref === 'string') return exampleOf(definitionOf(schema.$ref, document), document);
  if (schema.example !== undefined) return schema.example;
  if (isNode(schema.items)) return [exampleOf(schema.items, document)];
  if (!isNode(schema.properties)) return undefined;
  const members = Object.entries(schema.properties).map(([name, property]) => [
    name,
    exampleOf(property as JsonNode, document),
  ]);
  return Object.fromEntries(members);
}

/** The schema as JSON Schema understands it: its definitions beside it, and null where `x-nullable` allows it. */
export function plainSchema(schema: JsonNode | false, document: ConnectorDocument): JsonNode | false {
  return schema === false ? false : { ...(nullable(schema) as JsonNode), definitions: nullable(document.definitions) };
}

function nullable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nullable);
  if (!isNode(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [name, nullable(member)]);
  const plain = Object.fromEntries(members) as JsonNode;
  if (value['x-nullable'] !== true) return plain;
  return {
    ...plain,
    type: [plain.type, 'null'],
    ...(Array.isArray(plain.enum) ? { enum: [...plain.enum, null] } : {}),
  };
}

function definitionOf(reference: string, document: ConnectorDocument): JsonNode {
  const found = document.definitions[reference.replace('#/definitions/', '')];
  if (found === undefined) throw new Error(`${reference} leads nowhere`);
  return found;
}
