import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SeededRandom } from '../faults/harness/seeded-random.js';
import { drawCase } from './cases/draw-case.js';
import { mutatedEvent, nearlyValidEvent, validEvent } from './cases/single-event.js';
import { runCampaign } from './harness/campaign.js';
import { type GatewayUnderFuzz, startGatewayUnderFuzz } from './harness/gateway-under-fuzz.js';
import { type Lie, startLyingProxy } from './support/lying-proxy.js';

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
    [
      'accepts what is not valid',
      (told) => (told.status === 400 ? { ...told, status: 202, body: RECEIPT } : told),
      'ACCEPTED',
    ],
    ['refuses what is valid', (told) => (told.status === 202 ? problem(400, 'invalid-event') : told), 'REFUSED'],
    ['fails', (told) => (told.status === 400 ? problem(500, 'internal-error') : told), 'a 500'],
    ['hangs up', (told) => (told.status === 400 ? null : told), 'no answer'],
    ['answers errors in HTML', (told) => html(told), 'no problem document'],
    [
      'answers errors of its own invention',
      (told) => (told.status === 400 ? problem(400, 'oops') : told),
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
      (told) => (told.status === 400 ? problem(400, 'invalid-event', 'c4n4ry') : told),
      'brings back',
    ],
    ['keeps another content', (told, { url }) => (url?.includes('include') === true ? changed(told) : told), 'KEPT'],
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
    const proxy = await startLyingProxy(underFuzz.url, lie);
    try {
      const { world } = underFuzz;
      const draw = (index: number) => drawEventCase(underFuzz, index);
      const { findings } = await runCampaign({ port: proxy.port, world, draw, requests: 1_000, connections: 4 });
      expect(findings.map(({ detail }) => detail).join('\n')).toContain(finding);
    } finally {
      await proxy.stop();
    }
  });
});

/** Every lie meets other events: one that was sent before would be a repeat. */
let drawn = 0;

/** Single events alone: what is no HTTP would be the proxy's to answer. */
function drawEventCase({ world }: GatewayUnderFuzz, index: number) {
  drawn++;
  const random = new SeededRandom(SEED + index + 1_000_003 * drawn);
  return random.pick([validEvent, nearlyValidEvent, mutatedEvent])(world, random);
}

const TRACED = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00` };
const RECEIPT = JSON.stringify({
  id: '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70',
  type: 'CustomerPurchase',
  status: 'pending',
  acceptedAt: '2026-11-22T10:00:00.123Z',
  links: { self: '/v1/events/x', attempts: '/v1/events/x/attempts' },
});

function problem(status: number, slug: string, detail = 'x') {
  const body = JSON.stringify({ type: `/problems/${slug}`, title: 'x', status, detail, instance: '/' });
  return { status, headers: { ...TRACED, 'content-type': 'application/problem+json' }, body };
}

function html(told: Parameters<Lie>[0]) {
  if (told.status < 400) return told;
  return { ...told, headers: { ...TRACED, 'content-type': 'text/html' }, body: '<h1>Bad Request</h1>' };
}

function untraced({ headers, ...told }: Parameters<Lie>[0]) {
  const { traceparent: _trace, ...rest } = headers;
  return { ...told, headers: rest };
}

function unmarked({ headers, ...told }: Parameters<Lie>[0]) {
  const { 'idempotency-replayed': _mark, ...rest } = headers;
  return { ...told, headers: rest };
}

function changed(told: Parameters<Lie>[0]) {
  return { ...told, body: told.body.replace(/"totalAmount":"|"amount":"/, '$&9') };
}
