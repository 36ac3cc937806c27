import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newEventId } from '../../src/kernel/ids.js';
import { createEnvironment, type Environment } from '../support/environment.js';
import { purchaseOf } from '../support/purchase-load.js';
import { RunningGateway } from '../support/running-gateway.js';
import { ROUTES_WITH_ID, type RouteWithId, routesWithId } from './support/routes-with-id.js';

let environment: Environment;
let gateway: RunningGateway;
let keys: { readonly till: string; readonly other: string; readonly chief: string };
let id: string;

beforeAll(async () => {
  environment = await createEnvironment();
  gateway = await RunningGateway.start(environment);
  keys = {
    till: await environment.createClient('till'),
    other: await environment.createClient('other'),
    chief: await environment.createClient('chief', { publish: [], operator: true }),
  };
  // It must not end while it is asked for.
  await gateway.operate('PUT', '/v1/gates/type:CustomerPurchase', { paused: true, reason: 'a test' });
  const { body } = await gateway.publish('customer-purchase', purchaseOf('own'), bearer(keys.till));
  id = `${body.id}`;
});
afterAll(async () => {
  await gateway.stop();
  await environment.remove();
});

function bearer(key: string): Record<string, string> {
  return { Authorization: `Bearer ${key}` };
}

/** Everything an answer tells but the time, the trace and the id that was asked for. */
async function answerOf({ method, path }: RouteWithId, asked: string, key: string) {
  const response = await fetch(`${gateway.url}${path.replace('{id}', asked)}`, {
    method: method.toUpperCase(),
    headers: {
      ...bearer(key),
      Prefer: 'wait=30',
      ...(method === 'post' ? { 'Content-Type': 'application/json' } : {}),
    },
    ...(method === 'post' ? { body: '{}' } : {}),
  });
  const headers = [...response.headers].filter(([name]) => !['date', 'traceparent', 'content-length'].includes(name));
  return { status: response.status, headers, body: (await response.text()).replaceAll(asked, '<id>') };
}

describe('every route that names an event', () => {
  it('is known here', async () => {
    expect(routesWithId(await (await fetch(`${gateway.url}/openapi.json`)).json())).toEqual(ROUTES_WITH_ID);
  });

  it.each(ROUTES_WITH_ID)(
    'answers for the event of another client as for one that is not there: $method $path',
    async (route) => {
      const unknown = await answerOf(route, newEventId(), keys.other);
      expect(await answerOf(route, id, keys.other)).toEqual(unknown);
      expect(unknown.status).toBe(route.isForOperators ? 403 : 404);
      expect(JSON.parse(unknown.body)).toMatchObject({
        type: `/problems/${route.isForOperators ? 'forbidden' : 'not-found'}`,
      });
    },
  );

  it.each(ROUTES_WITH_ID.filter(({ isForOperators }) => !isForOperators))(
    'answers its owner and operators: $method $path',
    async ({ path }) => {
      for (const key of [keys.till, keys.chief]) {
        const { status } = await fetch(`${gateway.url}${path.replace('{id}', id)}`, { headers: bearer(key) });
        expect(status).toBe(200);
      }
    },
  );

  it('tells lists and summaries of other clients nothing about it either', async () => {
    for (const path of ['/v1/events', `/v1/events?key=own`, '/v1/events/summary']) {
      const answer = await fetch(`${gateway.url}${path}`, { headers: bearer(keys.other) });
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toMatch(new RegExp(`${id}|store-017|"accepted":1`));
    }
  });
});
