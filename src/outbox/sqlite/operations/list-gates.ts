import type { GateRecord } from '../../gate-store.js';
import { type GateRow, gateColumns, gateRecord } from '../../rows/gate-row.js';
import type { Session } from '../session.js';

const SELECT = `SELECT ${gateColumns} FROM gate ORDER BY name`;

/** Every gate that was ever closed or paused, by name. */
export function listGates(session: Session): readonly GateRecord[] {
  return session.rows<GateRow>(SELECT).map(gateRecord);
}
