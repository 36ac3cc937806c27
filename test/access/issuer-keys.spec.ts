import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { exportJWK, type JSONWebKeySet, type JWK } from 'jose';
import { IssuerError } from '../../src/access/oidc/issuer.error.js';
import { IssuerKeys } from '../../src/access/oidc/issuer-keys.js';
import { TokenAuthenticator } from '../../src/access/oidc/token-authenticator.js';
import type { Turn } from '../../src/access/oidc/token-verifier.js';
import { Refusal } from '../../src/access/refusal.js';
import { TurnsByName } from '../../src/access/turns-by-name.js';
import { ManualClock, ManualTimers } from '../support/manual-clock.js';
import { AUDIENCE, newKey, OidcIssuer } from '../support/oidc-issuer.js';
import { until } from '../support/until.js';
import { RecordingAccessJournal } from './support/recording-access-journal.js';

const MINUTE_MS = 60_000;
/** For a network that is not slowed. */
const AT_ONCE: Turn = (look) => look();

let clock: ManualClock;
let timers: ManualTimers;
let journal: RecordingAccessJournal;
let issuer: OidcIssuer;
let keys: IssuerKeys;
let tokens: TokenAuthenticator;
/** What the next reads come to; the last one stays. */
let answers: (JSONWebKeySet | Error)[];
/** What reads come to while it is not null. */
let pending: Promise<JSONWebKeySet> | null;
let reads: number;

beforeEach(async () => {
  clock = new ManualClock(Date.now());
  timers = new ManualTimers(clock);
  journal = new RecordingAccessJournal();
  issuer = await OidcIssuer.start();
  answers = [await keySet()];
  pending = null;
  reads = 0;
  keys = new IssuerKeys({ read, journal, clock, timers });
  tokens = new TokenAuthenticator({ expected: { issuer: issuer.url, audience: AUDIENCE }, keys, clock, rate: 9 });
});
afterEach(async () => {
  await keys.stop();
  await issuer.close();
});

async function read(signal: AbortSignal): Promise<JSONWebKeySet> {
  reads++;
  if (pending !== null) return Promise.race([pending, once(signal, 'abort').then(() => Promise.reject(AWAY))]);
  const answer = answers.length > 1 ? answers.shift() : answers[0];
  if (answer === undefined || answer instanceof Error) throw answer;
  return answer;
}

async function keySet(): Promise<JSONWebKeySet> {
  return { keys: [await jwkOf(issuer.key)] };
}

async function jwkOf({ kid, alg, publicKey }: OidcIssuer['key']): Promise<JWK> {
  return { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' };
}

/** A token with a key id that nobody has. */
async function guess(): Promise<unknown> {
  return tokens.verify(await issuer.token(['operator'], { header: { kid: 'guess' } }), AT_ONCE);
}

const AWAY = new IssuerError('away');

describe('the keys of an issuer', () => {
  it('are fetched again every ten minutes, and once the process stops never', async () => {
    keys.start();
    await timers.advance(35 * MINUTE_MS);
    expect(reads).toBe(4);
    await keys.stop();
    expect(timers.pending).toBe(0);
  });

  it('are asked for less and less often while it is away, and the last good ones go on', async () => {
    keys.start();
    await timers.advance(0);
    const known = keys.current;
    answers = [AWAY];
    await timers.advance(10 * MINUTE_MS);
    expect([reads, journal.issuer.at(-1)]).toEqual([2, 'away']);
    await timers.advance(35_000);
    expect(reads).toBe(5);
    await timers.advance(60 * MINUTE_MS);
    expect(reads).toBe(65);
    expect(keys.current).toBe(known);
    expect(journal.issuer.slice(0, 3)).toEqual(['answered 1', 'away', 'away']);
    answers = [await keySet()];
    await timers.advance(MINUTE_MS);
    expect([journal.issuer.at(-1), keys.current === known]).toEqual(['answered 1', true]);
  });

  it('stay as they are when what comes is not a set of keys', async () => {
    keys.start();
    await timers.advance(0);
    const known = keys.current;
    answers = [{ keys: 'none' } as never, new TypeError('secret content')];
    await timers.advance(11 * MINUTE_MS);
    expect(journal.issuer.slice(0, 3)).toEqual(['answered 1', 'its keys cannot be used', 'its keys cannot be used']);
    expect(keys.current).toBe(known);
    const claims = { exp: clock.now() / 1000 + 60 };
    expect(await tokens.verify(await issuer.token(['operator'], { claims }), AT_ONCE)).toMatchObject({
      roles: ['operator'],
    });
  });

  it('are fetched for a key that is not known, twice at once and then twice a minute', async () => {
    keys.start();
    await timers.advance(MINUTE_MS);
    expect(await guess()).toBeInstanceOf(Refusal);
    expect(await guess()).toBeInstanceOf(Refusal);
    for (let more = 0; more < 50; more++) await expect(guess()).rejects.toMatchObject({ slug: 'issuer-unavailable' });
    expect(reads).toBe(3);
    await timers.advance(30_000);
    expect(await guess()).toBeInstanceOf(Refusal);
    expect(reads).toBe(4);
  });

  it('are fetched for a key that is not known by a clock that was set back, too', async () => {
    keys.start();
    await timers.advance(MINUTE_MS);
    clock.set(clock.now() - 60 * MINUTE_MS);
    expect(await guess()).toBeInstanceOf(Refusal);
    expect(await guess()).toBeInstanceOf(Refusal);
    await timers.advance(30_000);
    expect(await guess()).toBeInstanceOf(Refusal);
    expect(reads).toBe(4);
  });

  it('are not denied to the first token of a new key where strangers came with made-up ones', async () => {
    keys.start();
    await timers.advance(MINUTE_MS);
    await guess();
    await guess();
    await issuer.rotate();
    answers = [await keySet()];
    const token = await issuer.token(['operator']);
    await expect(tokens.verify(token, AT_ONCE)).rejects.toMatchObject({ slug: 'issuer-unavailable' });
    await timers.advance(30_000);
    expect(await tokens.verify(token, AT_ONCE)).toMatchObject({ roles: ['operator'] });
  });

  it('are waited for outside the turns of those whose keys are known', async () => {
    keys.start();
    await timers.advance(MINUTE_MS);
    const slow = Promise.withResolvers<JSONWebKeySet>();
    pending = slow.promise;
    const turns = new TurnsByName();
    const inTurn: Turn = (look) => turns.run('192.0.2.1', look);
    const strangers = ['a', 'b'].map(async (kid) =>
      tokens.verify(await issuer.token(['operator'], { header: { kid } }), inTurn),
    );
    await until(() => reads === 2);
    expect(await tokens.verify(await issuer.token(['operator']), inTurn)).toMatchObject({ roles: ['operator'] });
    slow.resolve(await keySet());
    pending = null;
    for (const stranger of strangers) expect(await stranger).toBeInstanceOf(Refusal);
  });

  it('are asked for by their own schedule alone while the issuer is away', async () => {
    answers = [AWAY];
    keys.start();
    await timers.advance(5_000);
    expect(reads).toBe(2);
    for (let attempt = 0; attempt < 8; attempt++) {
      await timers.advance(1_000);
      await expect(guess()).rejects.toMatchObject({ slug: 'issuer-unavailable' });
    }
    expect(reads).toBe(2);
  });

  it('are none where the issuer has none any more: its tokens wait, and an operator is told', async () => {
    keys.start();
    await timers.advance(MINUTE_MS);
    const token = await issuer.token(['operator'], { claims: { exp: clock.now() / 1000 + 3_600 } });
    await tokens.verify(token, AT_ONCE);
    answers = [{ keys: [] }];
    await timers.advance(10 * MINUTE_MS);
    expect(tokens.recall(token)).toBeNull();
    await expect(tokens.verify(token, AT_ONCE)).rejects.toMatchObject({ slug: 'issuer-unavailable' });
    expect(journal.issuer.at(-1)).toBe('its key set holds no keys for signatures');
    answers = [await keySet()];
    await timers.advance(MINUTE_MS);
    expect(await tokens.verify(token, AT_ONCE)).toMatchObject({ roles: ['operator'] });
  });

  it('are all tried for a token that does not name its key', async () => {
    const first = issuer.key;
    await issuer.rotate();
    answers = [{ keys: [await jwkOf(first), await jwkOf(issuer.key), await jwkOf(await newKey())] }];
    keys.start();
    await timers.advance(0);
    for (const key of [first, issuer.key]) {
      const token = await issuer.token(['operator'], { key, header: { kid: undefined } as never });
      expect(await tokens.verify(token, AT_ONCE)).toMatchObject({ roles: ['operator'] });
    }
    const forged = await issuer.token(['operator'], { key: await newKey(), header: { kid: undefined } as never });
    expect(await tokens.verify(forged, AT_ONCE)).toMatchObject({ detail: 'The token is not valid.' });
    const late = await issuer.token(['operator'], { header: { kid: undefined } as never, claims: { exp: 1 } });
    expect(await tokens.verify(late, AT_ONCE)).toBeInstanceOf(Refusal);
  });

  it('are fetched once for all who come with the first tokens of a new key', async () => {
    keys.start();
    await timers.advance(MINUTE_MS);
    await issuer.rotate();
    answers = [await keySet()];
    const made = await Promise.all([1, 2, 3].map((jti) => issuer.token(['operator'], { claims: { jti: `${jti}` } })));
    const found = await Promise.all(made.map((token) => tokens.verify(token, AT_ONCE)));
    expect(found.map((principal) => principal instanceof Refusal)).toEqual([false, false, false]);
    expect(reads).toBe(2);
  });

  it('cannot tell of a key that is not known while the issuer is away', async () => {
    keys.start();
    await timers.advance(MINUTE_MS);
    await issuer.rotate();
    answers = [AWAY];
    const verify = tokens.verify(await issuer.token(['operator']), AT_ONCE);
    await expect(verify).rejects.toMatchObject({ slug: 'issuer-unavailable' });
  });
});

describe('a token that was verified', () => {
  it('is recalled without its signature until it ends', async () => {
    keys.start();
    await timers.advance(0);
    const token = await issuer.token(['publisher']);
    expect(tokens.recall(token)).toBeNull();
    const principal = await tokens.verify(token, AT_ONCE);
    expect(tokens.recall(token)).toEqual(principal);
    expect(principal).toMatchObject({ roles: ['publisher'], publish: ['*'], rate: 9 });
    clock.set(clock.now() + 6 * MINUTE_MS + 1_000);
    expect(tokens.recall(token)).toBeNull();
    expect(tokens.inspect(token)).toBeInstanceOf(Refusal);
  });

  it('is forgotten when the issuer withdraws the key that signed it', async () => {
    keys.start();
    await timers.advance(MINUTE_MS);
    const token = await issuer.token(['publisher'], { claims: { exp: clock.now() / 1000 + 3_600 } });
    await tokens.verify(token, AT_ONCE);
    expect(tokens.recall(token)).not.toBeNull();
    await issuer.rotate();
    answers = [await keySet()];
    await timers.advance(10 * MINUTE_MS);
    expect(tokens.recall(token)).toBeNull();
    expect(await tokens.verify(token, AT_ONCE)).toBeInstanceOf(Refusal);
  });

  it('is not remembered where it was not valid', async () => {
    keys.start();
    await timers.advance(0);
    const token = await issuer.token(['publisher'], { key: { ...(await newKey()), kid: issuer.key.kid } });
    expect(await tokens.verify(token, AT_ONCE)).toBeInstanceOf(Refusal);
    expect(tokens.recall(token)).toBeNull();
  });
});
