import type { ClientStore, KnownKey } from '../outbox/client-store.js';

type Found = ReadonlyMap<string, KnownKey>;

/**
 * Looks up keys in the store, with one statement at a time: all keys asked for meanwhile share the next statement. Even
 * a flood of guessed keys takes one connection, and no request waits for more than two statements.
 */
export class KeyLookups {
  /** The prefixes of the next statement, which waits for the current one, and its result. */
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
