import type { EpochMs } from '../../kernel/clock.js';
import type { ApiKeyRecord, ClientRecord, KnownKey } from '../client-store.js';

/** A client as `clientColumns` selects it. */
export interface ClientRow {
  readonly name: string;
  readonly publish: string;
  readonly operator: number;
  readonly rate: number | null;
  readonly createdAt: EpochMs;
}

/** A key together with its client, as `knownKeyColumns` selects them. */
export type KnownKeyRow = ApiKeyRecord & Omit<ClientRow, 'createdAt'> & { readonly clientCreatedAt: EpochMs };

/** Every fact of the table `client`. */
export const clientColumns = 'name, publish, operator, rate, created_at AS "createdAt"';

/** Every fact of the table `api_key`. */
export const keyColumns = 'prefix, client, hash, created_at AS "createdAt", expires_at AS "expiresAt"';

/** Every fact of a key and its client, where the two tables are joined. */
export const knownKeyColumns = `
  prefix, client, hash, api_key.created_at AS "createdAt", expires_at AS "expiresAt",
  name, publish, operator, rate, client.created_at AS "clientCreatedAt"`;

/** The row in the shape of the port. */
export function clientRecord({ name, publish, operator, rate, createdAt }: ClientRow): ClientRecord {
  return { name, publish: JSON.parse(publish) as string[], operator: operator === 1, rate, createdAt };
}

/** The joined row in the shape of the port. */
export function knownKey(row: KnownKeyRow): KnownKey {
  const { prefix, client, hash, createdAt, expiresAt, clientCreatedAt } = row;
  return {
    client: clientRecord({ ...row, createdAt: clientCreatedAt }),
    key: { prefix, client, hash, createdAt, expiresAt },
  };
}
