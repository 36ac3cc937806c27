import { createLocalJWKSet, type JSONWebKeySet, type LocalJWKSet } from 'jose';
import type { Clock } from '../../kernel/clock.js';
import type { Timers } from '../../kernel/timers.js';
import type { AccessJournal } from '../access-journal.js';
import { TokenBucket } from '../token-bucket.js';
import { IssuerError } from './issuer.error.js';

/** A key that was withdrawn stops working within this time. */
const REFRESH_EVERY_MS = 600_000;
/** The shortest and the longest time until a failed fetch is repeated. */
const RETRY_FIRST_MS = 5_000;
const RETRY_LAST_MS = 60_000;
/**
 * Tokens with made-up key ids cannot make us ask the issuer more often than this: twice at once, then twice a minute.
 */
const RENEWALS = { capacity: 2, perSecond: 1 / 30 };
/** For discovery and keys together. */
const TIMEOUT_MS = 5_000;

export interface IssuerKeysParts {
  /** Reads the keys anew; rejects with `IssuerError`. */
  readonly read: (signal: AbortSignal) => Promise<JSONWebKeySet>;
  readonly journal: AccessJournal;
  readonly clock: Clock;
  readonly timers: Timers;
}

/**
 * The signing keys of an issuer, fetched in the background. The last good ones stay in use while the issuer cannot be
 * reached: it signs no new tokens then, and the old ones expire by themselves.
 */
export class IssuerKeys {
  private known: { readonly text: string; readonly keys: LocalJWKSet } | null = null;
  private fetching: Promise<void> | null = null;
  private readonly renewals: TokenBucket;
  private failures = 0;
  private cancel: () => void = () => {};
  private readonly stopping = new AbortController();

  constructor(private readonly parts: IssuerKeysParts) {
    this.renewals = new TokenBucket(RENEWALS.capacity, parts.clock.now());
  }

  /**
   * Begins to fetch, and goes on until `stop`. Does not wait: a gateway starts even if its issuer cannot be reached.
   */
  start(): void {
    void this.refresh();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.fetching;
    this.cancel();
  }

  /** The newest keys; the same object as long as the keys are the same. Null: none were fetched yet. */
  get current(): LocalJWKSet | null {
    return this.known?.keys ?? null;
  }

  /**
   * Fetches again because of an unknown key. Tells whether `current` is what the issuer has now: not if it cannot be
   * asked, nor if it was asked too often. While it cannot be reached, only the schedule asks it, and nobody waits.
   * Never rejects.
   */
  async renew(): Promise<boolean> {
    if (this.failures > 0 || (this.fetching === null && !this.maySpend())) return false;
    await this.refresh();
    return this.failures === 0 && !this.stopping.signal.aborted;
  }

  private maySpend(): boolean {
    if (this.renewals.level(RENEWALS, this.parts.clock.now()) < 1) return false;
    this.renewals.take(1);
    return true;
  }

  private refresh(): Promise<void> {
    this.fetching ??= this.fetch().finally(() => {
      this.fetching = null;
    });
    return this.fetching;
  }

  private async fetch(): Promise<void> {
    const { journal, timers } = this.parts;
    this.cancel();
    try {
      const found = await this.parts.read(AbortSignal.any([this.stopping.signal, AbortSignal.timeout(TIMEOUT_MS)]));
      this.keep(found);
      // The issuer says that no key is valid. That is accepted, but an operator has to know.
      if (found.keys.length === 0) throw new IssuerError('its key set holds no keys for signatures');
      this.failures = 0;
      journal.issuerAnswered(found.keys.length);
    } catch (error) {
      if (this.stopping.signal.aborted) return;
      this.failures++;
      journal.issuerFailed(error instanceof IssuerError ? error.message : 'its keys cannot be used');
    }
    this.cancel = timers.after(this.nextInMs(), () => void this.refresh());
  }

  private nextInMs(): number {
    if (this.failures === 0) return REFRESH_EVERY_MS;
    return Math.min(RETRY_LAST_MS, RETRY_FIRST_MS * 2 ** (this.failures - 1));
  }

  private keep(found: JSONWebKeySet): void {
    const text = JSON.stringify(found);
    if (text !== this.known?.text) this.known = { text, keys: createLocalJWKSet(found) };
  }
}
