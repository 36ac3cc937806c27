import { get } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { generateApiKey } from '../../src/access/api-key.js';
import { Caller, expectProblem, publisher } from '../ingest/support/caller.js';
import { type IngestApp, startIngestApp } from '../ingest/support/ingest-app.js';
import { ManualClock } from '../support/manual-clock.js';
import { AUDIENCE, newKey, OidcIssuer } from '../support/oidc-issuer.js';

const PATH = '/v1/event-types';

let clock: ManualClock;
let app: IngestApp;
beforeEach(async () => {
  clock = new ManualClock(Date.now());
  app = await startIngestApp({ clock });
});
afterEach(() => app.close());

async function failures(count: number, headers: Record<string, string> = {}): Promise<number[]> {
  const guess = () => new Caller(app.url, generateApiKey().text).get(PATH, headers);
  const answers = [];
  for (let attempt = 0; attempt < count; attempt++) answers.push((await guess()).status);
  return answers;
}

describe('an address from which many invalid credentials came', () => {
  it('is told to wait, and how long', async () => {
    expect(await failures(30)).toEqual(Array(30).fill(401));
    const answer = await new Caller(app.url, 'beg_nonsense').get(PATH);
    expectProblem(answer, 'credentials-slowed');
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(app.accessJournal.refusals.at(-1)).toBe('credential-slowed');
    clock.set(clock.now() + 2_000);
    expect(await failures(2)).toEqual([401, 429]);
  });

  it('is served at once with a valid credential, known or new, and its failures stay slowed', async () => {
    const known = await publisher(app, 'known');
    await known.get(PATH);
    expect((await failures(40)).at(-1)).toBe(429);
    expect((await known.get(PATH)).status).toBe(200);
    expect((await (await publisher(app, 'new')).get(PATH)).status).toBe(200);
    expect(await failures(1)).toEqual([429]);
  });

  it('is served in the middle of a storm of guesses', async () => {
    const till = await publisher(app, 'till');
    const storm = Promise.all(Array.from({ length: 400 }, () => failures(1)));
    const served = await Promise.all(Array.from({ length: 20 }, () => till.get(PATH)));
    expect(served.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(new Set((await storm).flat())).toEqual(new Set([401, 429]));
  });

  it('is not troubled by requests without any credential', async () => {
    for (let request = 0; request < 40; request++) {
      expectProblem(await new Caller(app.url, null).get(PATH), 'unauthenticated');
    }
    expect(await failures(1)).toEqual([401]);
  });

  it('is one and the same whatever it says in X-Forwarded-For, unless proxies are trusted', async () => {
    for (let attempt = 0; attempt < 30; attempt++) await failures(1, { 'X-Forwarded-For': `192.0.2.${attempt}` });
    expect(await failures(1, { 'X-Forwarded-For': '198.51.100.1' })).toEqual([429]);
  });
});

describe('a gateway behind a trusted proxy', () => {
  beforeEach(async () => {
    await app.close();
    app = await startIngestApp({ clock, trustedProxies: ['127.0.0.0/8'] });
  });

  it('slows each address for itself', async () => {
    expect((await failures(31, { 'X-Forwarded-For': '192.0.2.1' })).at(-1)).toBe(429);
    expect(await failures(1, { 'X-Forwarded-For': '192.0.2.2' })).toEqual([401]);
  });

  it('believes the proxy, not what stood in the header before', async () => {
    for (let attempt = 0; attempt < 30; attempt++) {
      await failures(1, { 'X-Forwarded-For': `203.0.113.${attempt}, 192.0.2.1` });
    }
    expect(await failures(1, { 'X-Forwarded-For': '198.51.100.1, 192.0.2.1' })).toEqual([429]);
    expect(await failures(1, { 'X-Forwarded-For': '198.51.100.1' })).toEqual([401]);
  });

  it('takes an address with a port for the address, of the caller and of the proxies in between', async () => {
    for (let attempt = 0; attempt < 30; attempt++) {
      await failures(1, { 'X-Forwarded-For': `203.0.113.1, 192.0.2.1:${50_000 + attempt}, 127.0.0.9:${attempt}` });
    }
    expect(await failures(1, { 'X-Forwarded-For': '192.0.2.1' })).toEqual([429]);
    expect(await failures(1, { 'X-Forwarded-For': '192.0.2.2:50000' })).toEqual([401]);
    expect(await failures(1)).toEqual([401]);
  });

  it('takes a network of IPv6 for one address', async () => {
    for (let attempt = 0; attempt < 30; attempt++) {
      await failures(1, { 'X-Forwarded-For': `2001:db8:1:2:${attempt}::1` });
    }
    expect(await failures(1, { 'X-Forwarded-For': '2001:db8:1:2:ffff::9' })).toEqual([429]);
    expect(await failures(1, { 'X-Forwarded-For': '2001:db8:1:3::1' })).toEqual([401]);
  });

  it.each([['nonsense'], ['1.2.3.4:http'], ['x'.repeat(5_000)], ['"; DROP TABLE client'], [', ,']])(
    'takes %p for the proxy itself',
    async (header) => {
      await failures(30, { 'X-Forwarded-For': header });
      expect(await failures(1)).toEqual([429]);
    },
  );
});

describe('tokens with invalid signatures', () => {
  it('do not keep a valid token from the same address waiting for long', async () => {
    const issuer = await OidcIssuer.start();
    await app.close();
    app = await startIngestApp({ access: { oidc: { issuer: issuer.url, audience: AUDIENCE } } });
    try {
      const thief = { ...(await newKey()), kid: issuer.key.kid };
      const forged = await Promise.all(
        Array.from({ length: 200 }, (_, jti) => issuer.token(['operator'], { key: thief, claims: { jti: `${jti}` } })),
      );
      const storm = Promise.all(forged.map((token) => statusWith(token)));
      const valid = await issuer.token(['operator']);
      expect(await statusWith(valid)).toBe(200);
      const statuses = await storm;
      expect(statuses.filter((status) => status === 401).length).toBeGreaterThanOrEqual(30);
      expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(100);
      expect(await statusWith(await issuer.token(['operator'], { claims: { jti: 'new' } }))).toBe(200);
    } finally {
      await issuer.close();
    }
  });
});

/** On a connection of its own, as from many programs behind one address. */
function statusWith(token: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const headers = { Authorization: `Bearer ${token}` };
  get(`${app.url}${PATH}`, { agent: false, headers }, (response) => {
    response.resume();
    resolve(response.statusCode ?? 0);
  }).on('error', reject);
  return promise;
}
