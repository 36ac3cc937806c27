import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { type ApiKeyRecord, type ClientRecord, ClientStore } from '../outbox/client-store.js';
import { generateApiKey, type NewApiKey } from './api-key.js';
import { ClientRefusedError } from './client-refused.error.js';

/** 1 to 100 printable characters, not beginning or ending with a space: names appear in logs, in SQL and as EventSource. */
const NAME = /^(?! )[^\p{C}\p{Zl}\p{Zp}]{1,100}(?<! )$/u;

const HOUR_MS = 3_600_000;

/** What a command asks for: `publish` lists event types, `*` stands for all. */
export interface ClientRequest {
  readonly name: string;
  readonly publish: readonly string[];
  readonly operator: boolean;
}

/** The one time a key is seen: the store keeps only its hash. */
export interface IssuedKey {
  readonly clientId: string;
  readonly apiKey: string;
}

/** Makes and ends credentials; used by commands, beside a running gateway or without one. */
@Injectable()
export class ClientsService {
  constructor(
    private readonly clients: ClientStore,
    private readonly clock: Clock,
  ) {}

  /** Works at once on a running gateway. Throws `ClientRefusedError` for a name that is taken or cannot be one. */
  async create({ name, publish, operator }: ClientRequest): Promise<IssuedKey> {
    if (!NAME.test(name)) {
      throw new ClientRefusedError(
        'client-name-invalid',
        'A client name has 1 to 100 printable characters, none of them a space at an end.',
      );
    }
    const key = generateApiKey();
    const client = { name, publish, operator, createdAt: this.clock.now() };
    if (await this.clients.create(client, this.recordOf(key, name))) return { clientId: name, apiKey: key.text };
    throw new ClientRefusedError(
      'client-name-taken',
      `There is a client "${name}" already: rotate its key, or choose another name.`,
    );
  }

  list(): Promise<readonly { readonly client: ClientRecord; readonly keys: readonly ApiKeyRecord[] }[]> {
    return this.clients.list();
  }

  /** A new key; the ones before it go on for `keepHours` (0: they end now), so that clients can change over in between. */
  async rotate(name: string, keepHours: number): Promise<IssuedKey> {
    const key = generateApiKey();
    const othersExpireAt = this.clock.now() + keepHours * HOUR_MS;
    if (await this.clients.rotate(this.recordOf(key, name), othersExpireAt))
      return { clientId: name, apiKey: key.text };
    throw unknown(name);
  }

  /** Ends every key of a client; a running gateway refuses them within 5 s. */
  async revoke(name: string): Promise<void> {
    if (!(await this.clients.revoke(name, this.clock.now()))) throw unknown(name);
  }

  private recordOf(key: NewApiKey, client: string): ApiKeyRecord {
    return { prefix: key.prefix, client, hash: key.hash, createdAt: this.clock.now(), expiresAt: null };
  }
}

function unknown(name: string): ClientRefusedError {
  return new ClientRefusedError('client-unknown', `There is no client "${name}"; \`clients list\` shows them.`);
}
