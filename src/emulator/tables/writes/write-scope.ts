import type { UnconfirmedPoints } from '../../unconfirmed-points.js';
import type { Rows } from '../rows.js';
import type { Schema } from '../schema.js';
import type { WriteHow } from '../write-result.js';

/** What one write sees and touches. */
export interface WriteScope {
  readonly schema: Schema;
  readonly rows: Rows;
  readonly points: UnconfirmedPoints;
  readonly how: WriteHow;
  /** The instant of the write as Dataverse writes it: RFC 3339 in UTC, whole seconds. */
  readonly now: string;
}
