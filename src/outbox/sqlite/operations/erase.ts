import type { ActionBy, ActionResult } from '../../operator-actions.js';
import { ERASABLE } from '../../status-rules.js';
import { done } from '../done.js';
import { findSubject } from '../find-subject.js';
import { recordAudit } from '../record-audit.js';
import type { Session } from '../session.js';

const ERASE = 'UPDATE event SET data = NULL WHERE sequence = ?';

/** Removes the content of an ended event for good, see `secure_delete`; id, key and fingerprint stay. */
export function erase(session: Session, { id, by, reason }: ActionBy & { readonly id: string }): ActionResult {
  const event = findSubject(session, id);
  if (event === null) return { kind: 'not-found' };
  if (!ERASABLE.has(event.status)) return { kind: 'illegal', status: event.status };
  if (event.hasData === 0) return { kind: 'no-data', status: event.status };
  session.change(ERASE, event.sequence);
  recordAudit(session, { by, action: 'event.erase', subject: id, detail: reason });
  return done(session, event.sequence);
}
