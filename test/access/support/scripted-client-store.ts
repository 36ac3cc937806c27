import { generateApiKey } from '../../../src/access/api-key.js';
import type { EpochMs } from '../../../src/kernel/clock.js';
import { type ClientRecord, ClientStore, type KnownKey } from '../../../src/outbox/client-store.js';

/** Keys by prefix, lookups counted, failing where told to: what the real store cannot be made to do on purpose. */
export class ScriptedClientStore extends ClientStore {
  lookups = 0;
  failure: Error | null = null;
  private readonly known = new Map<string, KnownKey>();
  private pending: Promise<unknown> = Promise.resolve();

  /** A new client's key. */
  give(name: string, rights: Partial<ClientRecord>): string {
    const key = generateApiKey();
    this.known.set(key.prefix, {
      client: { name, publish: [], operator: false, rate: null, createdAt: 0, ...rights },
      key: { prefix: key.prefix, client: name, hash: key.hash, createdAt: 0, expiresAt: null },
    });
    return key.text;
  }

  /** A well-formed key whose prefix is known and whose secret nobody was given. */
  forge(text: string): string {
    const known = this.known.get(text.slice(4, 16));
    if (known === undefined) throw new Error('no such key');
    const other = generateApiKey();
    this.known.set(other.prefix, { client: known.client, key: { ...known.key, prefix: other.prefix } });
    return other.text;
  }

  end(name: string, expiresAt: EpochMs): void {
    for (const [prefix, { client, key }] of this.known) {
      if (client.name === name) this.known.set(prefix, { client, key: { ...key, expiresAt } });
    }
  }

  /** Resolves when every lookup so far has been answered. */
  async answered(): Promise<void> {
    await this.pending.catch(() => undefined);
    await new Promise(setImmediate);
  }

  override findKeys(prefixes: readonly string[]): Promise<readonly KnownKey[]> {
    this.lookups++;
    const answer = this.answer(prefixes);
    this.pending = answer;
    return answer;
  }

  private async answer(prefixes: readonly string[]): Promise<readonly KnownKey[]> {
    if (this.failure !== null) throw this.failure;
    return prefixes.flatMap((prefix) => this.known.get(prefix) ?? []);
  }

  override create(): Promise<boolean> {
    throw new Error('not scripted');
  }

  override list(): Promise<never> {
    throw new Error('not scripted');
  }

  override rotate(): Promise<boolean> {
    throw new Error('not scripted');
  }

  override revoke(): Promise<boolean> {
    throw new Error('not scripted');
  }

  override limit(): Promise<boolean> {
    throw new Error('not scripted');
  }
}
