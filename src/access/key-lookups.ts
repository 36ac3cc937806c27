import type { ClientStore, KnownKey } from '../outbox/client-store.js';

type Found = ReadonlyMap<string, KnownKey>;

/**
 * Asks the store for keys, with one statement at a time: whatever is asked for meanwhile goes into the next one. However
 * many keys are guessed at once, they take one connection, and nobody waits for more than two statements.
 */
export class KeyLookups {
  /** Prefixes of the statement that waits for the one under way, and what it will find. */
  private next: { readonly prefixes: Set<string>; readonly found: Promise<Found> } | null = null;
  private underWay: Promise<unknown> = Promise.resolve();

  constructor(private readonly clients: ClientStore) {}

  /** The key with this prefix, whether expired or not, or null. Rejects with the store's error. */
  async find(prefix: string): Promise<KnownKey | null> {
    this.next ??= this.gather();
    this.next.prefixes.add(prefix);
    return (await this.next.found).get(prefix) ?? null;
  }

  private gather() {
    const prefixes = new Set<string>();
    const found = this.underWay.then(() => this.ask(prefixes));
    this.underWay = found.catch(() => undefined);
    return { prefixes, found };
  }

  private async ask(prefixes: ReadonlySet<string>): Promise<Found> {
    this.next = null;
    const keys = await this.clients.findKeys([...prefixes]);
    return new Map(keys.map((known) => [known.key.prefix, known]));
  }
}
