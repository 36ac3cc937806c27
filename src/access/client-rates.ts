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
    /** Units of its client's rate that a request took for the events it brought, beyond its first one. */
    unitsSpent: number;
  }
}

/** How long a client that was silent may go beyond its rate. */
const BURST_SECONDS = 2;
/** Below a few per second, two seconds' worth would not even let one event be sent and read back. */
const LEAST_BURST = 10;

/** More clients than any gateway has; a bound all the same. */
const MAX_CLIENTS = 10_000;

/** What the IETF draft "RateLimit header fields for HTTP" tells a client that has a rate. */
export type RateLimitHeaders = Readonly<Record<'RateLimit-Policy' | 'RateLimit', string>>;

/**
 * Holds clients to their rates, each process for itself. One unit is an event, or a request that brings none. A batch is
 * let in whole and paid for afterwards, so that the largest one goes through at the lowest rate, and no faster on average.
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
   * client owes something already; it may come to owe something by this.
   */
  spend(principal: Principal, count: number): void {
    this.take(principal, { count, least: 0 });
  }

  /** As `spend`, and remembers it with the request, to be given back where nothing of it could be stored. */
  spendFor(request: FastifyRequest, count: number): void {
    this.spend(principalOf(request), count);
    request.unitsSpent += count;
  }

  /** Takes back what was counted of something that the gateway could not take: it will come again. */
  giveBack({ client, rate }: Principal, count: number): void {
    if (rate !== null) this.bucketOf(client, rate).take(-count);
  }

  /** What to tell a client with every answer; null where it has no rate. */
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
    // The one that has been quiet for longest is forgotten first: its bucket is the likeliest to be full again.
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

/** While something is left `t` says when all of it is back, else when to try again, as Retry-After does. */
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
