import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { Ajv } from 'ajv';
import { connectorDefinition } from '../../src/openapi/connector/connector-definition.js';
import { connectorProperties } from '../../src/openapi/connector/connector-properties.js';
import type { JsonNode } from '../../src/openapi/connector/json-node.js';
import { publisher } from '../ingest/support/caller.js';
import { type IngestApp, startIngestApp } from '../ingest/support/ingest-app.js';
import {
  type Action,
  actionsOf,
  type ConnectorDocument,
  exampleOf,
  nodesOf,
  plainSchema,
} from './support/connector-document.js';

const FOLDER = new URL('../../openapi/', import.meta.url);
const MAX_BYTES = 1_000_000;

function committed(file: string): string {
  return readFileSync(new URL(file, FOLDER), 'utf8');
}

const definition = JSON.parse(committed('connector/apiDefinition.swagger.json')) as ConnectorDocument;
const actions = actionsOf(definition);

describe('the connector', () => {
  it('is made from the committed document', () => {
    const document = JSON.parse(committed('openapi.json')) as OpenAPIObject;
    const written = (content: object) => `${JSON.stringify(content, null, 2)}\n`;
    expect(committed('connector/apiDefinition.swagger.json')).toBe(written(connectorDefinition(document)));
    expect(committed('connector/apiProperties.json')).toBe(written(connectorProperties()));
  });

  it('is small enough to be imported', () => {
    expect(committed('connector/apiDefinition.swagger.json').length).toBeLessThan(MAX_BYTES);
  });

  it('offers to publish and to look, and nothing that operators do', () => {
    const names = actions.map(({ operation }) => operation.operationId);
    expect(names).toEqual(
      expect.arrayContaining(['PublishCustomerPurchase', 'GetEvent', 'ListEvents', 'SummarizeEvents']),
    );
    expect(names.filter((name) => /Replay|Cancel|Gate|Audit|Health|Metrics/.test(name))).toEqual([]);
  });

  it('has a name that a connector may have', () => {
    expect(definition.info.title.length).toBeLessThanOrEqual(30);
    expect(`${definition.info.title} ${definition.info.description}`).not.toMatch(/\bAPI\b|Power|Dataverse|Microsoft/i);
  });

  it.each(actions)('titles its actions and fields as makers know it: $operation.operationId', ({ operation }) => {
    expect(operation.operationId).toMatch(/^[A-Z][A-Za-z0-9]*$/);
    expect(operation.summary.length).toBeLessThanOrEqual(80);
    expect(operation.summary).not.toMatch(/\/|[^A-Za-z0-9]$/);
    expect(operation.description).toMatch(/^[A-Z].*\.$/s);
    for (const parameter of operation.parameters.filter(({ in: where }) => where !== 'body')) {
      expect(parameter['x-ms-summary']).toMatch(/^[A-Z]/);
      expect(parameter.description).toMatch(/\.$/);
    }
  });

  it('refers to nothing that is not there, and says nothing that connectors do not know', () => {
    for (const { key, value } of nodesOf(definition)) {
      if (key === '$ref') expect(definition.definitions).toHaveProperty(String(value).replace('#/definitions/', ''));
      expect(['oneOf', 'anyOf', 'not', 'nullable', 'allOf']).not.toContain(key);
      if (key === 'format') expect(['date-time', 'date', 'int32', 'int64', 'double', 'float', 'uri']).toContain(value);
    }
  });

  it('asks each connection for its gateway and its key, and keeps the key secret', () => {
    const { properties } = JSON.parse(committed('connector/apiProperties.json')) as {
      readonly properties: {
        readonly connectionParameters: Readonly<Record<string, { readonly type: string }>>;
        readonly policyTemplateInstances: readonly { readonly templateId: string; readonly parameters: JsonNode }[];
      };
    };
    expect(properties.connectionParameters).toMatchObject({
      hostUrl: { type: 'string', uiDefinition: { constraints: { required: 'true', clearText: true } } },
      api_key: { type: 'securestring', uiDefinition: { constraints: { required: 'true', clearText: false } } },
    });
    expect(properties.policyTemplateInstances).toEqual([
      expect.objectContaining({
        templateId: 'dynamichosturl',
        parameters: { 'x-ms-apimTemplateParameter.urlTemplate': "@connectionParameters('hostUrl')" },
      }),
    ]);
    expect(definition.securityDefinitions).toEqual({ api_key: { type: 'apiKey', in: 'header', name: 'X-API-Key' } });
  });
});

describe('an action of the connector', () => {
  let app: IngestApp;
  let key: string;
  /** The id of an event that is there, for actions that ask for one. */
  let id: string;
  beforeAll(async () => {
    app = await startIngestApp();
    key = (await publisher(app, 'a flow')).apiKey ?? 'none';
    const first = actions.find(({ operation }) => operation.operationId === 'PublishCustomerPurchase');
    if (first === undefined) throw new Error('nothing to begin with');
    const answer = await send(first);
    id = ((await answer.json()) as { readonly id: string }).id;
  });
  afterAll(() => app.close());

  /** As a designer fills it in: the examples of the definition, and the ids of answers before. */
  function send({ path, method, operation }: Action): Promise<Response> {
    const body = operation.parameters.find(({ in: where }) => where === 'body')?.schema;
    return fetch(`${app.url}${path.replace('{id}', id)}`, {
      method,
      headers: { 'X-API-Key': key, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      body: body === undefined ? null : JSON.stringify(exampleOf(body, definition)),
    });
  }

  it.each(actions)('is accepted, and answered as the definition says: $operation.operationId', async (action) => {
    const response = await send(action);
    const content: unknown = await response.json();
    expect([content, response.ok]).toEqual([content, true]);
    const schema = action.operation.responses[String(response.status)]?.schema;
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(
      plainSchema(schema ?? false, definition),
    );
    expect([validate(content), validate.errors]).toEqual([true, null]);
  });

  it.each(actions)('is refused without a key, as the definition says: $operation.operationId', async (action) => {
    const real = key;
    key = 'none';
    const response = await send(action).finally(() => {
      key = real;
    });
    expect(response.status).toBe(401);
    expect(action.operation.responses['401']?.schema).toEqual({ $ref: '#/definitions/Problem' });
  });
});
