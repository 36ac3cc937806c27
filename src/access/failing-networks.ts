import type { Clock } from '../kernel/clock.js';
import { forgetOldest } from './forget-oldest.js';
import { TokenBucket } from './token-bucket.js';

/** So often a till with an old key, or a dozen behind one address, gets a 401; after that, one every other second. */
const TOLERATED = { capacity: 30, perSecond: 0.5 };

/** Bounds the memory that an attacker with many addresses can take: about 2 MiB. */
const MAX_NETWORKS = 10_000;

/** Remembers which networks send invalid credentials, so that these can be slowed. Valid credentials never get here. */
export class FailingNetworks {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(private readonly clock: Clock) {}

  /**
   * Counts a failure. Returns how many seconds to wait before the next one, or null while failures are still tolerated.
   */
  fail(network: string): number | null {
    const bucket = this.touch(network);
    const level = bucket.level(TOLERATED, this.clock.now());
    if (level < 1) return Math.ceil((1 - level) / TOLERATED.perSecond);
    bucket.take(1);
    return null;
  }

  /** Whether so many failed from this network that the next failure would be slowed. */
  isSlowed(network: string): boolean {
    const bucket = this.buckets.get(network);
    return bucket !== undefined && bucket.level(TOLERATED, this.clock.now()) < 1;
  }

  /** The network that was quiet for longest is forgotten first. */
  private touch(network: string): TokenBucket {
    const bucket = this.buckets.get(network) ?? new TokenBucket(TOLERATED.capacity, this.clock.now());
    this.buckets.delete(network);
    this.buckets.set(network, bucket);
    forgetOldest(this.buckets, MAX_NETWORKS);
    return bucket;
  }
}
