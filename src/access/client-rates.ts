import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../http/problem.error.js';
import { Clock } from '../kernel/clock.js';
import { AccessJournal } from './access-journal.js';
import { forgetOldest } from './forget-oldest.js';
import type { Principal } from './principal.js';
import { principalOf } from './principal-of.js';
import { type BucketSize, TokenBucket } from './token-bucket.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Units of its client's rate that a request took for its events, beyond the first one. */
    unitsSpent: number;
  }
}

/** How many seconds of its rate a client may use at once after it was silent. */
const BURST_SECONDS = 2;
/** At a rate below a few per second, two seconds' worth would not even be enough to send one event and read it back. */
const LEAST_BURST = 10;

/** More clients than any gateway has; it is a bound all the same. */
const MAX_CLIENTS = 10_000;

/** The fields that the IETF draft "RateLimit header fields for HTTP" has for a client with a rate. */
export type RateLimitHeaders = Readonly<Record<'RateLimit-Policy' | 'RateLimit', string>>;

/**
 * Holds clients to their rates, each process for itself. One unit is an event, or a request without events. A batch is
 * let in as a whole and paid for afterwards: even the largest one passes at the lowest rate, and no faster on average.
 */
@Injectable()
export class ClientRates {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(
    private readonly clock: Clock,
    private readonly journal: AccessJournal,
  ) {}

  /** Lets one request in. Throws a `rate-limited` problem where the client has used up its rate. */
  admit(principal: Principal): void {
    this.take(principal, { count: 1, least: 1 });
  }

  /**
   * Counts what a request brings beyond its first event, before it is stored. Throws a `rate-limited` problem where the
   * client's balance is negative already; this count may make it negative.
   */
  spend(principal: Principal, count: number): void {
    this.take(principal, { count, least: 0 });
  }

  /** Like `spend`, and remembers the amount with the request, to be given back if nothing of it could be stored. */
  spendFor(request: FastifyRequest, count: number): void {
    this.spend(principalOf(request), count);
    request.unitsSpent += count;
  }

  /** Gives back what was counted for something that the gateway could not accept: the client will repeat it. */
  giveBack({ client, rate }: Principal, count: number): void {
    if (rate !== null) this.bucketOf(client, rate).take(-count);
  }

  /** What every answer tells the client about its rate; null where it has none. */
  headersFor({ client, rate }: Principal): RateLimitHeaders | null {
    return rate === null ? null : describe(rate, this.bucketOf(client, rate).level(sizeFor(rate), this.clock.now()));
  }

  private take({ client, rate }: Principal, { count, least }: { count: number; least: number }): void {
    if (rate === null) return;
    const bucket = this.bucketOf(client, rate);
    const level = bucket.level(sizeFor(rate), this.clock.now());
    if (level < least) {
      this.journal.refused('rate-limited');
      throw refusal(rate, level);
    }
    bucket.take(count);
  }

  private bucketOf(client: string, rate: number): TokenBucket {
    const bucket = this.buckets.get(client) ?? new TokenBucket(sizeFor(rate).capacity, this.clock.now());
    // The bucket that was quiet for longest is forgotten first: it is most likely to be full again.
    this.buckets.delete(client);
    this.buckets.set(client, bucket);
    forgetOldest(this.buckets, MAX_CLIENTS);
    return bucket;
  }
}

function refusal(rate: number, level: number): ProblemError {
  return new ProblemError('rate-limited', `This client may send ${rate} per second, and has sent more.`, {
    headers: { 'Retry-After': String(secondsUntil(1, rate, level)) },
  });
}

/** While something is left, `t` says when all of it is back; otherwise when to try again, like Retry-After. */
function describe(rate: number, level: number): RateLimitHeaders {
  const { capacity } = sizeFor(rate);
  const seconds = secondsUntil(level < 1 ? 1 : capacity, rate, level);
  return {
    'RateLimit-Policy': `"client";q=${capacity};w=${Math.ceil(capacity / rate)}`,
    RateLimit: `"client";r=${Math.max(0, Math.floor(level))};t=${seconds}`,
  };
}

function sizeFor(rate: number): BucketSize {
  return { capacity: Math.max(LEAST_BURST, BURST_SECONDS * rate), perSecond: rate };
}

function secondsUntil(wanted: number, rate: number, level: number): number {
  return Math.max(0, Math.ceil((wanted - level) / rate));
}
