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

/**
 * Makes and ends credentials; used by commands, beside a running gateway or without one. `by` is who does it, for the
 * audit: `cli:<login>@<host>` for a command.
 */
@Injectable()
export class ClientsService {
  constructor(
    private readonly clients: ClientStore,
    private readonly clock: Clock,
  ) {}

  /** Works at once on a running gateway. Throws `ClientRefusedError` for a name that is taken or cannot be one. */
  async create({ name, publish, operator }: ClientRequest, by: string): Promise<IssuedKey> {
    if (!NAME.test(name)) {
      throw new ClientRefusedError(
        'client-name-invalid',
        'A client name has 1 to 100 printable characters, none of them a space at an end.',
      );
    }
    const key = generateApiKey();
    const client = { name, publish, operator, createdAt: this.clock.now() };
    const audit = { by, action: 'client.create', subject: name, detail: rightsOf(client) } as const;
    if (await this.clients.create(client, this.recordOf(key, name), audit)) return { clientId: name, apiKey: key.text };
    throw new ClientRefusedError(
      'client-name-taken',
      `There is a client "${name}" already: rotate its key, or choose another name.`,
    );
  }

  list(): Promise<readonly { readonly client: ClientRecord; readonly keys: readonly ApiKeyRecord[] }[]> {
    return this.clients.list();
  }

  /** A new key; the ones before it go on for `keepHours` (0: they end now), so that clients can change over in between. */
  async rotate(name: string, keepHours: number, by: string): Promise<IssuedKey> {
    const key = generateApiKey();
    const othersExpireAt = this.clock.now() + keepHours * HOUR_MS;
    const detail = `key ${key.prefix}; the others end in ${keepHours} h`;
    const audit = { by, action: 'client.rotate', subject: name, detail } as const;
    if (await this.clients.rotate(this.recordOf(key, name), othersExpireAt, audit)) {
      return { clientId: name, apiKey: key.text };
    }
    throw unknown(name);
  }

  /** Ends every key of a client; a running gateway refuses them within 5 s. */
  async revoke(name: string, by: string): Promise<void> {
    const audit = { by, action: 'client.revoke', subject: name, detail: null } as const;
    if (!(await this.clients.revoke(name, this.clock.now(), audit))) throw unknown(name);
  }

  private recordOf(key: NewApiKey, client: string): ApiKeyRecord {
    return { prefix: key.prefix, client, hash: key.hash, createdAt: this.clock.now(), expiresAt: null };
  }
}

function rightsOf({ publish, operator }: ClientRecord): string {
  const types = publish.length > 0 ? [`publishes ${publish.join(', ')}`] : [];
  return [...types, ...(operator ? ['operator'] : [])].join('; ');
}

function unknown(name: string): ClientRefusedError {
  return new ClientRefusedError('client-unknown', `There is no client "${name}"; \`clients list\` shows them.`);
}
