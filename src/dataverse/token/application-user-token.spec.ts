import { beforeEach, describe, expect, it } from '@jest/globals';
import { Clock, type EpochMs } from '../../kernel/clock.js';
import type { AccessToken, NoToken, TokenResult } from './access-token.js';
import { ApplicationUserToken } from './application-user-token.js';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const NEVER = new AbortController().signal;
const AWAY: NoToken = {
  kind: 'no-token',
  outcome: { kind: 'unavailable' },
  status: null,
  code: 'ECONNREFUSED',
  detail: 'away',
};

class HeldClock extends Clock {
  time: EpochMs = 0;

  override now(): EpochMs {
    return this.time;
  }
}

describe('ApplicationUserToken', () => {
  let clock: HeldClock;
  let requests: number;
  let lifetimeMs: number;
  let answer: () => Promise<TokenResult>;
  let user: ApplicationUserToken;

  beforeEach(() => {
    clock = new HeldClock();
    requests = 0;
    lifetimeMs = HOUR_MS;
    answer = async () => fresh();
    user = new ApplicationUserToken(() => {
      requests += 1;
      return answer();
    }, clock);
  });

  function fresh(text = `token-${requests}`): AccessToken {
    return { kind: 'token', text, expiresAt: clock.now() + lifetimeMs };
  }

  async function held(): Promise<AccessToken> {
    const result = await user.get(NEVER);
    if (result.kind !== 'token') throw new Error('no token');
    return result;
  }

  it('makes one request for twenty callers that find no token', async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, () => held()));
    expect(new Set(tokens).size).toBe(1);
    expect(requests).toBe(1);
  });

  it('keeps a token until five minutes before it expires', async () => {
    await held();
    clock.time = HOUR_MS - 5 * MINUTE_MS - 1;
    expect((await held()).text).toBe('token-1');
    clock.time += 1;
    expect((await held()).text).toBe('token-2');
    expect(requests).toBe(2);
  });

  it('keeps a short token for nine tenths of its life', async () => {
    lifetimeMs = 60_000;
    await held();
    clock.time = 53_999;
    expect((await held()).text).toBe('token-1');
    clock.time = 54_000;
    expect((await held()).text).toBe('token-2');
  });

  it('makes one request for fifty callers whose token was refused', async () => {
    const refused = await held();
    const tokens = await Promise.all(Array.from({ length: 50 }, () => user.refresh(refused, NEVER)));
    expect(tokens.every((token) => token.kind === 'token' && token.text === 'token-2')).toBe(true);
    expect(requests).toBe(2);
  });

  it('makes no request for a caller whose refused token has been replaced since', async () => {
    const refused = await held();
    await user.refresh(refused, NEVER);
    expect(await user.refresh(refused, NEVER)).toMatchObject({ text: 'token-2' });
    expect(requests).toBe(2);
  });

  it('counts a token that reads the same as another one: its callers do not ask again and again', async () => {
    answer = async () => fresh('always the same');
    const refused = await held();
    await user.refresh(refused, NEVER);
    await user.refresh(refused, NEVER);
    expect(requests).toBe(2);
  });

  it('shares one request between callers that need a first token and callers that were refused', async () => {
    const refused = await held();
    clock.time = HOUR_MS;
    await Promise.all([user.get(NEVER), user.refresh(refused, NEVER), user.get(NEVER)]);
    expect(requests).toBe(2);
  });

  it('tells everybody who waits why there is no token, and asks afresh the next time', async () => {
    answer = async () => AWAY;
    const results = await Promise.all([user.get(NEVER), user.get(NEVER)]);
    expect(results).toEqual([AWAY, AWAY]);
    expect(requests).toBe(1);
    answer = async () => fresh();
    expect((await held()).text).toBe('token-2');
  });

  it('does not hand out a refused token when its renewal fails', async () => {
    const refused = await held();
    answer = async () => AWAY;
    expect(await user.refresh(refused, NEVER)).toEqual(AWAY);
  });

  describe('while renewal fails', () => {
    beforeEach(async () => {
      await held();
      answer = async () => AWAY;
      clock.time = HOUR_MS - 5 * MINUTE_MS;
    });

    it('goes on with a token that still holds, and asks again after half a minute only', async () => {
      expect((await held()).text).toBe('token-1');
      clock.time += 29_999;
      expect((await held()).text).toBe('token-1');
      expect(requests).toBe(2);
      clock.time += 1;
      expect((await held()).text).toBe('token-1');
      expect(requests).toBe(3);
    });

    it('stops at the moment the token expires', async () => {
      clock.time = HOUR_MS - 1;
      expect((await held()).text).toBe('token-1');
      clock.time = HOUR_MS;
      expect(await user.get(NEVER)).toEqual(AWAY);
    });

    it('does not go on with a token that was replaced meanwhile', async () => {
      answer = async () => fresh('renewed');
      expect((await held()).text).toBe('renewed');
    });
  });

  describe('a caller that gives up', () => {
    it('leaves the request to the others', async () => {
      let arrive: (result: TokenResult) => void = () => undefined;
      answer = () => new Promise((resolve) => (arrive = resolve));
      const impatient = new AbortController();
      const first = user.get(impatient.signal);
      const second = user.get(NEVER);
      impatient.abort();
      expect(await first).toMatchObject({ outcome: { kind: 'uncertain' }, code: 'ABORTED' });
      arrive(fresh());
      expect(await second).toMatchObject({ kind: 'token' });
      expect(requests).toBe(1);
    });

    it('is unavailable where its time is up: the call was never made', async () => {
      answer = () => new Promise(() => undefined);
      const timeUp = AbortSignal.abort(new DOMException('', 'TimeoutError'));
      expect(await user.get(timeUp)).toMatchObject({ outcome: { kind: 'unavailable' }, code: 'ETIMEDOUT' });
    });
  });
});
