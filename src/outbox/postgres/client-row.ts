import type { EpochMs } from '../../kernel/clock.js';
import type { ClientRecord } from '../client-store.js';

/** A client as the table `client` holds it. */
export interface ClientRow {
  readonly name: string;
  readonly publish: string;
  readonly operator: number;
  readonly createdAt: EpochMs;
}

/** The row in the shape of the port. */
export function clientRecord({ name, publish, operator, createdAt }: ClientRow): ClientRecord {
  return { name, publish: JSON.parse(publish) as string[], operator: operator === 1, createdAt };
}
