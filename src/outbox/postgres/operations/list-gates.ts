import type { GateRecord } from '../../gate-store.js';
import { type GateRow, gateColumns, gateRecord } from '../../rows/gate-row.js';
import type { Session } from '../session.js';

const SELECT = `SELECT ${gateColumns} FROM gate ORDER BY name`;

/** Every gate that was ever closed or paused, by name. */
export async function listGates(session: Session): Promise<readonly GateRecord[]> {
  return (await session.rows<GateRow>(SELECT)).map(gateRecord);
}
