import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SeededRandom } from '../faults/harness/seeded-random.js';
import { drawCase } from './cases/draw-case.js';
import { mutatedEvent, nearlyValidEvent, validEvent } from './cases/single-event.js';
import { runCampaign } from './harness/campaign.js';
import type { FuzzCase } from './harness/fuzz-case.js';
import { type GatewayUnderFuzz, startGatewayUnderFuzz } from './harness/gateway-under-fuzz.js';
import type { World } from './harness/world.js';
import { answerOf, problemOf, RECEIPT } from './support/answers.js';
import { findingsOf } from './support/findings-of.js';
import type { Lie, ToldAnswer } from './support/lying-proxy.js';

const SEED = 20_261_122;

let underFuzz: GatewayUnderFuzz;
beforeAll(async () => {
  underFuzz = await startGatewayUnderFuzz();
});
afterAll(() => underFuzz.remove());

describe('a gateway under fuzz', () => {
  it('keeps the contract through some thousand requests, and is whole afterwards', async () => {
    const { world, port } = underFuzz;
    const draw = (index: number) => drawCase(world, SEED, index);
    const { findings, requests } = await runCampaign({ port, world, draw, requests: 3_000, connections: 16 });
    expect(findings).toEqual([]);
    expect(requests).toBeGreaterThanOrEqual(3_000);
    expect(await underFuzz.afterwards()).toEqual([]);
  }, 120_000);

  it('draws the same case from the same seed', () => {
    const bytes = (seed: number) =>
      Array.from({ length: 200 }, (_, index) => {
        const drawn = drawCase(underFuzz.world, seed, index);
        return drawn.kind === 'exchange' ? drawn.step.bytes.toString('base64') : drawn.pieces.join();
      });
    expect(bytes(7)).toEqual(bytes(7));
    expect(bytes(7)).not.toEqual(bytes(8));
  });
});

describe('a gateway that breaks the contract is caught: it', () => {
  it.each<[string, Lie, string]>([
    ['accepts what is not valid', (told) => (told.status === 400 ? answerOf(202, RECEIPT) : told), 'ACCEPTED'],
    ['refuses what is valid', (told) => (told.status === 202 ? problemOf(400, 'invalid-event') : told), 'REFUSED'],
    ['fails', (told) => (told.status === 400 ? problemOf(500, 'internal-error') : told), 'a 500'],
    ['hangs up', (told) => (told.status === 400 ? null : told), 'no answer'],
    ['answers errors in HTML', (told) => html(told), 'no problem document'],
    [
      'answers errors of its own invention',
      (told) => (told.status === 400 ? problemOf(400, 'oops') : told),
      'an unknown type',
    ],
    [
      'answers with a status nobody documented',
      (told) => (told.status === 202 ? { ...told, status: 201 } : told),
      'REFUSED',
    ],
    ['forgets who is being traced', (told) => untraced(told), 'no traceparent'],
    [
      'brings back what was sent',
      (told) => (told.status === 400 ? problemOf(400, 'invalid-event', 'c4n4ry') : told),
      'brings back',
    ],
    ['keeps another content', (told, line) => (line.includes('include') ? changed(told) : told), 'KEPT'],
    ['takes a repeat for news', (told) => unmarked(told), 'a repeat'],
    [
      'points elsewhere',
      (told) => ({ ...told, body: told.body.replaceAll('"pointer":"/', '"pointer":"/x') }),
      'do not point at',
    ],
    [
      'forgets a member of its receipts',
      (told) => ({ ...told, body: told.body.replace('"acceptedAt"', '"at"') }),
      'breaks its schema',
    ],
  ])('%s', async (_how, lie, finding) => {
    expect(await findingsOf(underFuzz, drawEventCase, lie)).toContain(finding);
  });
});

function drawEventCase(world: World, random: SeededRandom): FuzzCase {
  return random.pick([validEvent, nearlyValidEvent, mutatedEvent])(world, random);
}

function html(told: ToldAnswer) {
  if (told.status < 400) return told;
  return { ...told, headers: { ...told.headers, 'content-type': 'text/html' }, body: '<h1>Bad Request</h1>' };
}

function untraced({ headers, ...told }: ToldAnswer) {
  const { traceparent: _trace, ...rest } = headers;
  return { ...told, headers: rest };
}

function unmarked({ headers, ...told }: ToldAnswer) {
  const { 'idempotency-replayed': _mark, ...rest } = headers;
  return { ...told, headers: rest };
}

function changed(told: ToldAnswer) {
  return { ...told, body: told.body.replace(/"totalAmount":"|"amount":"/, '$&9') };
}
