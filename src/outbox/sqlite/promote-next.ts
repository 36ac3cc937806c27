import type { Session } from './session.js';

const PROMOTE = `
UPDATE event SET place = 'first' WHERE sequence = (
  SELECT min(sequence) FROM event WHERE client = ? AND type = ? AND ordering_key = ? AND place = 'behind'
)`;

/** The line an ordered event stands in. */
interface Line {
  readonly client: string;
  readonly type: string;
  readonly orderingKey: string | null;
}

/** Lets the next event of a line be sent after its first one left; exactly one, however many wait. */
export function promoteNext(session: Session, { client, type, orderingKey }: Line): void {
  session.change(PROMOTE, client, type, orderingKey);
}
