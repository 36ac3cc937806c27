import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { loadEventCatalog } from '../../src/contract/load-event-catalog.js';
import { connectorDefinition } from '../../src/openapi/connector/connector-definition.js';
import { connectorProperties } from '../../src/openapi/connector/connector-properties.js';
import type { JsonNode } from '../../src/openapi/connector/json-node.js';
import { publisher } from '../ingest/support/caller.js';
import { type IngestApp, startIngestApp } from '../ingest/support/ingest-app.js';
import { actionsOf, type ConnectorDocument, nodesOf } from './support/connector-document.js';
import { Maker } from './support/maker.js';

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
  let maker: Maker;
  /** The id of an event that is there, for actions that ask for one. */
  let id: string;
  beforeAll(async () => {
    app = await startIngestApp();
    maker = new Maker(definition, app.url, (await publisher(app, 'a flow')).apiKey ?? 'none');
    const first = actions.find(({ operation }) => operation.operationId === 'PublishCustomerPurchase');
    if (first === undefined) throw new Error('nothing to begin with');
    ({ id } = (await (await maker.use(first)).json()) as { readonly id: string });
  });
  afterAll(() => app.close());

  it.each(actions)('is accepted, and answered as the definition says: $operation.operationId', async (action) => {
    const response = await maker.use(action, id);
    const content: unknown = await response.json();
    expect([content, response.ok]).toEqual([content, true]);
    expect(maker.faultsOf(action, response.status, content)).toEqual([]);
  });

  it.each(actions)('is refused without a key, as the definition says: $operation.operationId', async (action) => {
    const stranger = new Maker(definition, app.url, 'none');
    const response = await stranger.use(action, id);
    expect(response.status).toBe(401);
    expect(stranger.faultsOf(action, 401, await response.json())).toEqual([]);
  });
});

describe('the connector of somebody else', () => {
  it('has an action for an event of every field word, which is accepted as it is filled in', async () => {
    const catalog = await loadEventCatalog(new URL('../contract/fixtures/every-word/', import.meta.url), 'contoso');
    const app = await startIngestApp({ catalog });
    try {
      const document = (await (await fetch(`${app.url}/openapi.json`)).json()) as OpenAPIObject;
      const own = connectorDefinition(document) as unknown as ConnectorDocument;
      const maker = new Maker(own, app.url, (await publisher(app, 'a flow')).apiKey ?? 'none');
      const publishing = actionsOf(own).filter(({ operation }) => operation.operationId.startsWith('Publish'));
      expect(publishing.map(({ operation }) => operation.operationId)).toEqual([
        'PublishEveryWordV2',
        'PublishEveryWordV2Batch',
      ]);
      for (const action of publishing) {
        const response = await maker.use(action);
        const content: unknown = await response.json();
        expect([content, response.status]).toEqual([content, 202]);
        expect(maker.faultsOf(action, 202, content)).toEqual([]);
      }
    } finally {
      await app.close();
    }
  });
});
