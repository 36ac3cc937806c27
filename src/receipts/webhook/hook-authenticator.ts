import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { HookAuth, HookSecret } from '../../kernel/hook-auth.js';
import type { HookHead } from './hook-head.js';

/** `missing`: the request has none of the values that any way asks for. `invalid`: it has some, and they are wrong. */
export type HookStanding = 'known' | 'missing' | 'invalid';

/** One value that a way asks for: where it may stand, and the digest of the right one. */
interface Demand {
  /** All values found there, each with its readings. */
  readonly found: (head: HookHead) => readonly (readonly string[])[];
  readonly digest: Buffer;
}

/**
 * Tells whether a request comes from Dataverse. Every way is checked to its end, and secrets are compared by digests
 * under a key of this process, so that the time it takes reveals nothing about them.
 */
export class HookAuthenticator {
  private readonly digestKey = randomBytes(32);
  private readonly ways: readonly (readonly Demand[])[];

  /** One way is enough; several are accepted while a secret is rotated. */
  constructor(ways: readonly HookAuth[]) {
    this.ways = ways.map((way) => this.demandsOf(way));
  }

  judge(head: HookHead): HookStanding {
    let isKnown = false;
    let isTried = false;
    for (const demands of this.ways) {
      const met = demands.map((demand) => this.isMet(demand, head));
      isKnown = met.every((one) => one === 'met') || isKnown;
      isTried = met.some((one) => one !== 'absent') || isTried;
    }
    if (isKnown) return 'known';
    return isTried ? 'invalid' : 'missing';
  }

  /**
   * A value that is given twice fails, even if one of them is right: a proxy before us may have checked the other one.
   */
  private isMet({ found, digest }: Demand, head: HookHead): 'met' | 'failed' | 'absent' {
    const [readings, ...others] = found(head);
    if (readings === undefined) return 'absent';
    if (others.length > 0) return 'failed';
    const equal = readings.map((text) => timingSafeEqual(this.digest(text), digest));
    return equal.includes(true) ? 'met' : 'failed';
  }

  private demandsOf(way: HookAuth): readonly Demand[] {
    switch (way.kind) {
      case 'http-header':
        return way.headers.map((header) => this.headerDemand(header));
      case 'webhook-key':
        return [this.queryDemand({ name: 'code', value: way.key })];
      case 'query-string':
        return way.parameters.map((parameter) => this.queryDemand(parameter));
      case 'anonymous':
        return [];
    }
  }

  private headerDemand({ name, value }: HookSecret): Demand {
    const lowerCase = name.toLowerCase();
    return {
      found: ({ headers }) => (headers[lowerCase] ?? []).map((text) => [text]),
      digest: this.digest(value),
    };
  }

  private queryDemand({ name, value }: HookSecret): Demand {
    return { found: ({ parameters }) => parameters.get(name) ?? [], digest: this.digest(value) };
  }

  private digest(text: string): Buffer {
    return createHmac('sha256', this.digestKey).update(text).digest();
  }
}
