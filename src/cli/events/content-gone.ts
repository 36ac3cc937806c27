import { toRfc3339 } from '../../kernel/clock.js';
import type { AuditEntry, AuditStore } from '../../outbox/audit-store.js';
import type { EventRecord } from '../../outbox/event-record.js';

/** Why content is no longer there. `cleared`: by retention, which leaves no line in the audit. */
export interface ContentGone {
  readonly why: 'erased' | 'cleared';
  /** When, by whom and for what reason it was erased; null where that is not known. */
  readonly at: string | null;
  readonly by: string | null;
  readonly reason: string | null;
}

/** Why an event's content is gone, or null where it is there. */
export async function contentGone(audit: AuditStore, { id, data }: EventRecord): Promise<ContentGone | null> {
  if (data !== null) return null;
  const erasure = await findErasure(audit, id);
  if (erasure === null) return { why: 'cleared', at: null, by: null, reason: null };
  return { why: 'erased', at: toRfc3339(erasure.at), by: erasure.by, reason: erasure.detail };
}

/** The audit has no index by subject. People's actions make it, so it is short, and a command may read all of it. */
async function findErasure(audit: AuditStore, id: string): Promise<AuditEntry | null> {
  let before: number | null = null;
  for (;;) {
    const page: readonly AuditEntry[] = await audit.list({ before, limit: PAGE });
    const found = page.find(({ action, subject }) => action === 'event.erase' && subject === id);
    if (found !== undefined) return found;
    before = page.at(-1)?.sequence ?? null;
    if (before === null) return null;
  }
}

/** How many lines are read at once. */
const PAGE = 500;

/** The same in words, for people. */
export function goneInWords({ why, at, by, reason }: ContentGone): string {
  if (why === 'cleared') return 'cleared by retention';
  return `erased ${at} by ${by}${reason === null ? '' : `: ${reason}`}`;
}
