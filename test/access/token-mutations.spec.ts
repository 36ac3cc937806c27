import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exportJWK } from 'jose';
import { looksLikeToken } from '../../src/access/oidc/inspect-token.js';
import { IssuerKeys } from '../../src/access/oidc/issuer-keys.js';
import { TokenAuthenticator } from '../../src/access/oidc/token-authenticator.js';
import { Refusal } from '../../src/access/refusal.js';
import type { ProblemError } from '../../src/http/problem.error.js';
import { ManualClock, ManualTimers } from '../support/manual-clock.js';
import { AUDIENCE, OidcIssuer } from '../support/oidc-issuer.js';
import { RecordingAccessJournal } from './support/recording-access-journal.js';

const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];

describe.each(ALGORITHMS)('a token signed with %s', (alg) => {
  let issuer: OidcIssuer;
  let keys: IssuerKeys;
  let tokens: TokenAuthenticator;
  let token: string;
  beforeAll(async () => {
    issuer = await OidcIssuer.start({ alg });
    const { kid, publicKey } = issuer.key;
    const keySet = { keys: [{ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }] };
    const clock = new ManualClock(Date.now());
    const journal = new RecordingAccessJournal();
    keys = new IssuerKeys({ read: async () => keySet, journal, clock, timers: new ManualTimers(clock) });
    keys.start();
    tokens = new TokenAuthenticator({ expected: { issuer: issuer.url, audience: AUDIENCE }, keys, clock, rate: null });
    token = await issuer.token(['publisher.CustomerPurchase']);
  });
  afterAll(async () => {
    await keys.stop();
    await issuer.close();
  });

  async function isTaken(text: string): Promise<boolean> {
    if (!looksLikeToken(text) || tokens.inspect(text) !== null) return false;
    const verdict = await tokens.verify(text, (look) => look()).catch((error: ProblemError) => error.slug);
    // A key id that was changed too often: nobody asks for its key any more.
    return verdict !== 'issuer-unavailable' && !(verdict instanceof Refusal);
  }

  it('is taken', async () => {
    expect(await isTaken(token)).toBe(true);
  });

  it('is taken with no character of it changed, left out or added', async () => {
    const change = fc.record({
      at: fc.nat(token.length - 1),
      drop: fc.nat(2),
      put: fc.constantFrom('', 'A', '_', '.', '=', '%', 'eyJ', 'é'),
    });
    const property = fc.asyncProperty(change, async ({ at, drop, put }) => {
      const changed = token.slice(0, at) + put + token.slice(at + drop);
      fc.pre(!isSameToken(changed));
      expect(await isTaken(changed)).toBe(false);
    });
    await fc.assert(property, { numRuns: 200 });
  });

  /** The bits that a signature's last character has left over are nobody's. */
  function isSameToken(text: string): boolean {
    const [ours, theirs] = [token, text].map((one) => one.split('.'));
    const [signature, other] = [ours, theirs].map((parts) =>
      Buffer.from(parts?.[2] ?? '', 'base64url').toString('hex'),
    );
    return theirs?.length === 3 && ours?.[0] === theirs[0] && ours?.[1] === theirs[1] && signature === other;
  }
});
