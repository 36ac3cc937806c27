import type { NewEvent } from '../../event-record.js';
import type { AppendResult } from '../../outbox.js';
import { compareWithStored } from '../compare-with-stored.js';
import type { Session } from '../session.js';

/** What `append` would answer for events whose keys are known, null for new ones. */
export function recall(session: Session, events: readonly NewEvent[]): readonly (AppendResult | null)[] {
  return events.map((event) => compareWithStored(session, event));
}
