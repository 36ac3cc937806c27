import type { NewAuditEntry } from '../audit-store.js';
import type { ReplayStep } from '../operator-actions.js';
import type { ActionSubject } from './action-subject.js';

/**
 * The line in the audit for one step of a replay: how many events, and why. Naming the first and the last tells which
 * ones.
 */
export function replayAudit(step: ReplayStep, events: readonly ActionSubject[]): NewAuditEntry {
  const { by, filter, force, reason } = step;
  const which = `${events.length} ${force ? 'forced ' : ''}from ${events.at(0)?.id} to ${events.at(-1)?.id}`;
  const detail = reason === null ? which : `${which}: ${reason}`;
  return { by, action: 'event.replay', subject: JSON.stringify(filter), detail };
}
