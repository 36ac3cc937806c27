import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { type ApiKeyRecord, type ClientRecord, ClientStore } from '../outbox/client-store.js';
import { generateApiKey, type NewApiKey } from './api-key.js';
import { ClientRefusedError } from './client-refused.error.js';

/** 1 to 100 printable characters, not beginning or ending with a space: names appear in logs, in SQL and as EventSource. */
const NAME = /^(?! )[^\p{C}\p{Zl}\p{Zp}]{1,100}(?<! )$/u;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Names of clients with tokens come from their issuer: no other client may have a name of that form. */
const LIKE_AN_ISSUER = /^https?:/i;

/** What a command asks for: `publish` lists event types, `*` stands for all. */
export interface ClientRequest {
  readonly name: string;
  readonly publish: readonly string[];
  readonly operator: boolean;
  /** Events and requests per second; null or absent where the client has no rate of its own. */
  readonly rate?: number | null;
  /** Days until its key ends; null or absent: it never ends. */
  readonly expiresInDays?: number | null;
}

/** How a key is replaced. */
export interface Rotation {
  readonly name: string;
  /** How long the previous key goes on; 0: it ends now. */
  readonly keepHours: number;
  /** Days until the new key ends; null or absent: it never ends. */
  readonly expiresInDays?: number | null;
}

/** The only time that a key is shown: the store keeps only its hash. */
export interface IssuedKey {
  readonly clientId: string;
  readonly apiKey: string;
}

/**
 * Makes and ends credentials, for commands, beside a running gateway or without one. `by` is who does it, for the
 * audit: `cli:<login>@<host>` for a command.
 */
@Injectable()
export class ClientsService {
  constructor(
    private readonly clients: ClientStore,
    private readonly clock: Clock,
  ) {}

  /** Works at once on a running gateway. Throws `ClientRefusedError` for a name that is taken or not allowed. */
  async create(request: ClientRequest, by: string): Promise<IssuedKey> {
    const { name, publish, operator, rate = null, expiresInDays = null } = request;
    refuseName(name);
    const key = generateApiKey();
    const client = { name, publish, operator, rate, createdAt: this.clock.now() };
    const audit = { by, action: 'client.create', subject: name, detail: rightsOf(client) } as const;
    const record = this.recordOf(key, name, expiresInDays);
    if (await this.clients.create(client, record, audit)) return { clientId: name, apiKey: key.text };
    throw new ClientRefusedError(
      'client-name-taken',
      `There is a client "${name}" already: rotate its key, or choose another name.`,
    );
  }

  list(): Promise<readonly { readonly client: ClientRecord; readonly keys: readonly ApiKeyRecord[] }[]> {
    return this.clients.list();
  }

  /**
   * Makes a new key. The previous one goes on for `keepHours`, so that clients have time to change over; older ones
   * end.
   */
  async rotate({ name, keepHours, expiresInDays = null }: Rotation, by: string): Promise<IssuedKey> {
    const key = generateApiKey();
    const othersExpireAt = this.clock.now() + keepHours * HOUR_MS;
    const detail = `key ${key.prefix}; the others end in ${keepHours} h`;
    const audit = { by, action: 'client.rotate', subject: name, detail } as const;
    if (await this.clients.rotate(this.recordOf(key, name, expiresInDays), othersExpireAt, audit)) {
      return { clientId: name, apiKey: key.text };
    }
    throw unknown(name);
  }

  /** Ends every key of a client; a running gateway refuses them within 2 s. */
  async revoke(name: string, by: string): Promise<void> {
    const audit = { by, action: 'client.revoke', subject: name, detail: null } as const;
    if (!(await this.clients.revoke(name, this.clock.now(), audit))) throw unknown(name);
  }

  /** Holds a client to a rate, or to none of its own (null); a running gateway does so within 2 s. */
  async limit(name: string, rate: number | null, by: string): Promise<void> {
    const audit = { by, action: 'client.limit', subject: name, detail: inWords(rate) } as const;
    if (!(await this.clients.limit(name, rate, audit))) throw unknown(name);
  }

  private recordOf({ prefix, hash }: NewApiKey, client: string, expiresInDays: number | null): ApiKeyRecord {
    const createdAt = this.clock.now();
    const expiresAt = expiresInDays === null ? null : createdAt + expiresInDays * DAY_MS;
    return { prefix, client, hash, createdAt, expiresAt };
  }
}

function refuseName(name: string): void {
  if (!NAME.test(name)) {
    throw new ClientRefusedError(
      'client-name-invalid',
      'A client name has 1 to 100 printable characters, none of them a space at an end.',
    );
  }
  if (LIKE_AN_ISSUER.test(name)) {
    throw new ClientRefusedError(
      'client-name-invalid',
      'A client name does not begin like a URL: so begin the names of clients that come with tokens.',
    );
  }
}

function rightsOf({ publish, operator, rate }: ClientRecord): string {
  const types = publish.length > 0 ? [`publishes ${publish.join(', ')}`] : [];
  return [...types, ...(operator ? ['operator'] : []), ...(rate === null ? [] : [inWords(rate)])].join('; ');
}

function inWords(rate: number | null): string {
  return rate === null ? 'no rate of its own' : `${rate} per second`;
}

function unknown(name: string): ClientRefusedError {
  return new ClientRefusedError('client-unknown', `There is no client "${name}"; \`clients list\` shows them.`);
}
