import { beforeEach, describe, expect, it } from '@jest/globals';
import { Authenticator } from '../../src/access/authenticator.js';
import { Credentials, type Tokens } from '../../src/access/credentials.js';
import { FailingNetworks } from '../../src/access/failing-networks.js';
import type { Turn } from '../../src/access/oidc/token-verifier.js';
import type { Principal } from '../../src/access/principal.js';
import { Refusal } from '../../src/access/refusal.js';
import { ManualClock } from '../support/manual-clock.js';
import { ScriptedClientStore } from './support/scripted-client-store.js';

/** Form and claims are taken for granted; each signature is looked at until the test lets it be judged. */
class ScriptedTokens implements Tokens {
  private readonly looks: { readonly token: string; readonly judge: (verdict: Principal | Refusal) => void }[] = [];

  /** Tokens whose signature is being looked at. */
  get underWay(): readonly string[] {
    return this.looks.map(({ token }) => token);
  }

  /** Lets the look that was begun first come to an end. */
  async judgeNext(verdict: Principal | Refusal): Promise<void> {
    this.looks.shift()?.judge(verdict);
    await new Promise(setImmediate);
  }

  recall(): null {
    return null;
  }

  inspect(): null {
    return null;
  }

  verify(token: string, turn: Turn): Promise<Principal | Refusal> {
    return turn(() => new Promise((judge) => this.looks.push({ token, judge })));
  }
}

const FORGED = new Refusal('invalid', 'The token is not valid.');
const ERP: Principal = { client: 'erp', roles: ['publisher'], publish: ['*'], rate: null };

let clock: ManualClock;
let failing: FailingNetworks;
let tokens: ScriptedTokens;
let credentials: Credentials;
beforeEach(() => {
  clock = new ManualClock();
  failing = new FailingNetworks(clock);
  tokens = new ScriptedTokens();
  const options = { oidc: null, clientRate: null };
  credentials = new Credentials({
    keys: new Authenticator(new ScriptedClientStore(), clock, options),
    tokens,
    failing,
  });
});

async function come(network: string, ...names: readonly string[]): Promise<Promise<Principal | Refusal>[]> {
  const found = names.map(async (name) => credentials.identify(tokenOf(name), () => network));
  await new Promise(setImmediate);
  return found;
}

function tokenOf(name: string): string {
  return `eyJ${name}.claims.signature`;
}

function slow(network: string): void {
  while (failing.fail(network) === null);
}

describe('signatures of tokens nobody knows yet', () => {
  it('are looked at side by side for a network in good standing', async () => {
    await come('192.0.2.1', 'a', 'b', 'c');
    expect(tokens.underWay).toHaveLength(3);
  });

  it('are looked at one after the other for a network that is slowed, and a valid one has its turn', async () => {
    slow('192.0.2.1');
    const [first, second, third] = await come('192.0.2.1', 'a', 'b', 'c');
    expect(tokens.underWay).toEqual([tokenOf('a')]);
    await tokens.judgeNext(FORGED);
    expect(tokens.underWay).toEqual([tokenOf('b')]);
    await tokens.judgeNext(ERP);
    expect(tokens.underWay).toEqual([tokenOf('c')]);
    await tokens.judgeNext(FORGED);
    expect(await Promise.all([first, second, third])).toEqual([FORGED, ERP, FORGED]);
  });

  it('do not wait for those of another network', async () => {
    slow('192.0.2.1');
    slow('192.0.2.2');
    await come('192.0.2.1', 'a', 'b');
    await come('192.0.2.2', 'c', 'd');
    expect(tokens.underWay).toEqual([tokenOf('a'), tokenOf('c')]);
  });
});

describe('networks from which credentials fail', () => {
  it('are remembered, but no more than ten thousand of them', () => {
    slow('quiet');
    slow('busy');
    for (let other = 0; other < 9_999; other++) {
      failing.fail(`other-${other}`);
      failing.fail('busy');
    }
    expect([failing.isSlowed('quiet'), failing.isSlowed('busy')]).toEqual([false, true]);
  });

  it('are in good standing again after a while', () => {
    slow('192.0.2.1');
    expect(failing.fail('192.0.2.1')).toBe(2);
    clock.set(clock.now() + 60_000);
    expect(failing.isSlowed('192.0.2.1')).toBe(false);
    const answers = Array.from({ length: 31 }, () => failing.fail('192.0.2.1'));
    expect(answers.filter((seconds) => seconds === null)).toHaveLength(30);
  });
});
