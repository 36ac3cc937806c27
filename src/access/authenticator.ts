import { Injectable } from '@nestjs/common';
import { Clock, type EpochMs } from '../kernel/clock.js';
import { type ClientRecord, ClientStore, type KnownKey } from '../outbox/client-store.js';
import { AccessOptions } from './access-options.js';
import { matchesHash, prefixOf } from './api-key.js';
import { forgetOldest } from './forget-oldest.js';
import { KeyLookups } from './key-lookups.js';
import type { Principal } from './principal.js';

/** A revoked key stops working within this time, with a running gateway and a command beside it. */
const STALE_AFTER_MS = 2_000;

/** A used key is looked up again in the background from this age on, so that no request waits for it. */
const REFRESH_AFTER_MS = 1_000;

/** More keys than any gateway has clients; it bounds the memory that guessed prefixes can take. */
const MAX_ENTRIES = 10_000;

interface Entry {
  /** Null for an unknown prefix. A key made later has a new random prefix, so it works at once. */
  readonly known: { readonly principal: Principal; readonly key: KnownKey['key'] } | null;
  readonly readAt: EpochMs;
}

/**
 * Finds out whose API key a text is. Keys in use are answered from memory; the store is asked at most once per second
 * and prefix, and once for all requests that wait.
 */
@Injectable()
export class Authenticator {
  private readonly entries = new Map<string, Entry>();
  private readonly underWay = new Map<string, Promise<Entry>>();
  private readonly lookups: KeyLookups;

  constructor(
    clients: ClientStore,
    private readonly clock: Clock,
    private readonly options: AccessOptions,
  ) {
    this.lookups = new KeyLookups(clients);
  }

  /**
   * The principal, or null for a credential that is not, or no longer, valid. A promise only where the store is asked.
   */
  authenticate(text: string): Principal | null | Promise<Principal | null> {
    const prefix = prefixOf(text);
    if (prefix === null) return null;
    const entry = this.entries.get(prefix);
    const age = entry === undefined ? Number.POSITIVE_INFINITY : this.clock.now() - entry.readAt;
    // It was read later than now: the database's clock was set back, and the age of the entry is unknown.
    if (entry === undefined || age >= STALE_AFTER_MS || age < 0) {
      return this.lookUp(prefix).then((found) => this.judge(text, found));
    }
    if (age >= REFRESH_AFTER_MS) this.refresh(prefix);
    return this.judge(text, entry);
  }

  private judge(text: string, { known }: Entry): Principal | null {
    if (known === null || !matchesHash(text, known.key.hash)) return null;
    const { expiresAt } = known.key;
    return expiresAt === null || this.clock.now() < expiresAt ? known.principal : null;
  }

  /** A failed refresh is not reported: the entry grows stale, and then the request itself meets the failure. */
  private refresh(prefix: string): void {
    this.lookUp(prefix).catch(() => undefined);
  }

  private lookUp(prefix: string): Promise<Entry> {
    const underWay = this.underWay.get(prefix);
    if (underWay !== undefined) return underWay;
    const lookup = this.read(prefix).finally(() => this.underWay.delete(prefix));
    this.underWay.set(prefix, lookup);
    return lookup;
  }

  private async read(prefix: string): Promise<Entry> {
    // The age counts from before the read: what is revoked while it runs is seen by the next one.
    const readAt = this.clock.now();
    const found = await this.lookups.find(prefix);
    const known =
      found === null ? null : { principal: principalOf(found.client, this.options.clientRate), key: found.key };
    const entry = { known, readAt };
    this.keep(prefix, entry);
    return entry;
  }

  /**
   * The entry that was read longest ago goes first. Keys in use are read every second, so guesses only push out
   * guesses.
   */
  private keep(prefix: string, entry: Entry): void {
    this.entries.delete(prefix);
    this.entries.set(prefix, entry);
    forgetOldest(this.entries, MAX_ENTRIES);
  }
}

function principalOf({ name, publish, operator, rate }: ClientRecord, usualRate: number | null): Principal {
  const roles = [...(publish.length > 0 ? (['publisher'] as const) : []), ...(operator ? (['operator'] as const) : [])];
  return { client: name, roles, publish, rate: rate ?? usualRate };
}
