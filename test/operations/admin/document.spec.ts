import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Caller } from '../../ingest/support/caller.js';
import { type AdminApp, startAdminApp } from './support/admin-app.js';
import { eventIn } from './support/ended-events.js';

let app: AdminApp;
let chief: Caller;
let document: OpenAPIObject;
beforeAll(async () => {
  app = await startAdminApp();
  chief = await app.client('chief', { operator: true });
  document = (await chief.get('/openapi.json')).body as unknown as OpenAPIObject;
});
afterAll(() => app.close());

interface Body {
  readonly method: string;
  readonly path: string;
  readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
}

function bodies(): readonly Body[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { requestBody }]) =>
      requestBody === undefined
        ? []
        : [{ method: method.toUpperCase(), path, examples: requestBody.content['application/json'].examples ?? {} }],
    ),
  );
}

describe('the OpenAPI document of what operators do', () => {
  it('names every operation so that it reads well', () => {
    const names = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => `${method} ${path} ${operationId}`),
    );
    expect(names.sort()).toEqual([
      'get /v1/audit listAudit',
      'get /v1/gates listGates',
      'post /v1/events/{id}/cancel cancelEvent',
      'post /v1/events/{id}/replay replayEvent',
      'post /v1/gates/{name}/probe probeGate',
      'post /v1/replays replayEvents',
      'put /v1/gates/{name} changeGate',
    ]);
  });

  it('has an example for every body, accepted as it stands', async () => {
    expect(bodies()).toHaveLength(5);
    for (const { method, path, examples } of bodies()) {
      expect(Object.keys(examples)).not.toEqual([]);
      for (const { value } of Object.values(examples)) {
        const id = await eventIn(app.store, 'dead');
        const url = path.replace('{id}', id).replace('{name}', 'type%3AVendorPaymentPosted');
        const headers = { 'Content-Type': 'application/json' };
        const { status } = await chief.call(method, url, headers, JSON.stringify(value));
        expect({ path, value, status }).toEqual({ path, value, status: 200 });
      }
    }
  });
});
