import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { stranger } from '../ingest/support/caller.js';
import { type IngestApp, startIngestApp } from '../ingest/support/ingest-app.js';

let app: IngestApp;
let document: OpenAPIObject;
beforeAll(async () => {
  app = await startIngestApp();
  document = (await stranger(app).get('/openapi.json')).body as unknown as OpenAPIObject;
});
afterAll(() => app.close());

function operations() {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
}

describe('the OpenAPI document', () => {
  it('lists every route under /v1, with a name that reads well', () => {
    const names = operations().map(({ path, method, operation }) => `${method} ${path} ${operation.operationId}`);
    expect(names.sort()).toEqual([
      'get /v1/event-types listEventTypes',
      'get /v1/event-types/{name} getEventType',
      'get /v1/events listEvents',
      'get /v1/events/summary summarizeEvents',
      'get /v1/events/{id} getEvent',
      'get /v1/events/{id}/attempts getEventAttempts',
      'post /v1/events publishCloudEvent',
      ...app.catalog.definitions
        .flatMap(({ name, slug }) => [
          `post /v1/events/${slug} publish${name}`,
          `post /v1/events/${slug}/batch publish${name}Batch`,
        ])
        .sort(),
    ]);
  });

  it('says how to authenticate, both ways', () => {
    expect(document.security).toEqual([{ bearer: [] }, { apiKey: [] }]);
    expect(document.components?.securitySchemes).toMatchObject({
      bearer: { type: 'http', scheme: 'bearer' },
      apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
    });
  });

  it('has no empty reference and none that leads nowhere', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map(([, reference]) => reference);
    expect(references).not.toEqual([]);
    for (const reference of references) {
      const [, kind = 'schemas', name = 'nothing'] =
        /^#\/components\/(schemas|examples)\/([\w-]+)$/.exec(reference ?? '') ?? [];
      expect(document.components?.[kind as 'schemas' | 'examples']).toHaveProperty(name);
    }
  });

  it('closes every schema of an event, nested ones too', () => {
    const nested = ['PurchaseLine', ...app.catalog.definitions.map(({ eventClass }) => eventClass.name)];
    for (const name of nested) {
      expect(document.components?.schemas?.[name]).toMatchObject({ type: 'object', additionalProperties: false });
    }
  });

  it('tells when to come again where a refusal passes', () => {
    for (const { operation } of operations()) {
      expect(operation.responses).toMatchObject({
        429: { headers: { 'Retry-After': {}, RateLimit: {}, 'RateLimit-Policy': {} } },
        503: { headers: { 'Retry-After': {} } },
      });
    }
  });

  it('answers every refusal with a problem', () => {
    for (const { operation } of operations()) {
      const refusals = Object.entries(operation.responses ?? {}).filter(([status]) => Number(status) >= 400);
      expect(refusals.map(([status]) => status)).toContain('401');
      for (const [, response] of refusals) {
        expect(response).toMatchObject({
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        });
      }
    }
  });
});

describe('Swagger UI', () => {
  it('is served at /docs, open to everybody, from this server alone', async () => {
    const response = await fetch(`${app.url}/docs`);
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(page).toContain('Business events gateway');
    expect(page).not.toMatch(/(src|href)="https?:/);
    const assets = [...page.matchAll(/(?:src|href)="(\.\/[^"]+)"/g)];
    expect(assets.length).toBeGreaterThan(3);
    for (const [, asset] of assets) {
      expect((await fetch(new URL(`${asset}`, `${app.url}/`))).status).toBe(200);
    }
  });
});
