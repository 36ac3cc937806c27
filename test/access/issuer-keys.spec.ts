import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { exportJWK, type JSONWebKeySet } from 'jose';
import { IssuerError } from '../../src/access/oidc/issuer.error.js';
import { IssuerKeys } from '../../src/access/oidc/issuer-keys.js';
import { TokenAuthenticator } from '../../src/access/oidc/token-authenticator.js';
import { Refusal } from '../../src/access/refusal.js';
import { ManualClock, ManualTimers } from '../support/manual-clock.js';
import { AUDIENCE, newKey, OidcIssuer } from '../support/oidc-issuer.js';
import { RecordingAccessJournal } from './support/recording-access-journal.js';

const MINUTE_MS = 60_000;

let clock: ManualClock;
let timers: ManualTimers;
let journal: RecordingAccessJournal;
let issuer: OidcIssuer;
let keys: IssuerKeys;
let tokens: TokenAuthenticator;
/** What the next reads come to; the last one stays. */
let answers: (JSONWebKeySet | Error)[];
let reads: number;

beforeEach(async () => {
  clock = new ManualClock(Date.now());
  timers = new ManualTimers(clock);
  journal = new RecordingAccessJournal();
  issuer = await OidcIssuer.start();
  answers = [await keySet()];
  reads = 0;
  keys = new IssuerKeys({ read, journal, clock, timers });
  tokens = new TokenAuthenticator({ expected: { issuer: issuer.url, audience: AUDIENCE }, keys, clock, rate: 9 });
});
afterEach(async () => {
  await keys.stop();
  await issuer.close();
});

async function read(): Promise<JSONWebKeySet> {
  reads++;
  const answer = answers.length > 1 ? answers.shift() : answers[0];
  if (answer === undefined || answer instanceof Error) throw answer;
  return answer;
}

async function keySet(): Promise<JSONWebKeySet> {
  const { kid, alg, publicKey } = issuer.key;
  return { keys: [{ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }] };
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
    expect([reads, keys.isStale]).toEqual([2, true]);
    await timers.advance(35_000);
    expect(reads).toBe(5);
    await timers.advance(60 * MINUTE_MS);
    expect(reads).toBe(65);
    expect(keys.current).toBe(known);
    expect(journal.issuer.slice(0, 3)).toEqual(['answered 1', 'away', 'away']);
    answers = [await keySet()];
    await timers.advance(MINUTE_MS);
    expect([keys.isStale, keys.current === known]).toEqual([false, true]);
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
    expect(await tokens.verify(await issuer.token(['operator'], { claims }))).toMatchObject({ roles: ['operator'] });
  });

  it('are fetched for a key that is not known, twice a minute at most', async () => {
    keys.start();
    await timers.advance(MINUTE_MS);
    for (let guess = 0; guess < 50; guess++) {
      const token = await issuer.token(['operator'], { header: { kid: `guess-${guess}` } });
      expect(await tokens.verify(token)).toBeInstanceOf(Refusal);
    }
    expect(reads).toBe(2);
    await timers.advance(30_000);
    await tokens.verify(await issuer.token(['operator'], { header: { kid: 'guess' } }));
    expect(reads).toBe(3);
  });

  it('are fetched once for all who come with the first tokens of a new key', async () => {
    keys.start();
    await timers.advance(MINUTE_MS);
    await issuer.rotate();
    answers = [await keySet()];
    const made = await Promise.all([1, 2, 3].map((jti) => issuer.token(['operator'], { claims: { jti: `${jti}` } })));
    const found = await Promise.all(made.map((token) => tokens.verify(token)));
    expect(found.map((principal) => principal instanceof Refusal)).toEqual([false, false, false]);
    expect(reads).toBe(2);
  });

  it('cannot tell of a key that is not known while the issuer is away', async () => {
    keys.start();
    await timers.advance(MINUTE_MS);
    await issuer.rotate();
    answers = [AWAY];
    const verify = tokens.verify(await issuer.token(['operator']));
    await expect(verify).rejects.toMatchObject({ slug: 'issuer-unavailable' });
  });
});

describe('a token that was verified', () => {
  it('is recalled without its signature until it ends', async () => {
    keys.start();
    await timers.advance(0);
    const token = await issuer.token(['publisher']);
    expect(tokens.recall(token)).toBeNull();
    const principal = await tokens.verify(token);
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
    await tokens.verify(token);
    expect(tokens.recall(token)).not.toBeNull();
    await issuer.rotate();
    answers = [await keySet()];
    await timers.advance(10 * MINUTE_MS);
    expect(tokens.recall(token)).toBeNull();
    expect(await tokens.verify(token)).toBeInstanceOf(Refusal);
  });

  it('is not remembered where it was not valid', async () => {
    keys.start();
    await timers.advance(0);
    const token = await issuer.token(['publisher'], { key: { ...(await newKey()), kid: issuer.key.kid } });
    expect(await tokens.verify(token)).toBeInstanceOf(Refusal);
    expect(tokens.recall(token)).toBeNull();
  });
});
