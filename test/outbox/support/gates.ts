import type { GateRecord } from '../../../src/outbox/gate-store.js';

/** A gate closed for the first time, but for what a test says about it. */
export function gateOf(name: string, facts: Partial<GateRecord> = {}): GateRecord {
  return {
    name,
    cause: 'throttled',
    detail: '429 with Retry-After',
    closedUntil: Date.UTC(2026, 0, 5, 9),
    closings: 1,
    pause: null,
    recreation: null,
    unread: null,
    probe: null,
    changedAt: Date.UTC(2026, 0, 5, 8),
    revision: 1,
    ...facts,
  };
}

/** A gate with everything that programs tell each other by it. */
export function factsOf(name: string): GateRecord {
  const who = { customApi: 'contoso_CustomerPurchase', process: 4711, host: 'build-7', at: 8 };
  const pause = { by: 'cli:ci', reason: 'recreated', since: 8 };
  const recreation = { ...who, wishedBy: ['--endpoints'], executePrivilege: 'prvReadAccount', pause };
  const unread = { detail: 'Amount is missing; unread', unread: 'Amount is missing' };
  return gateOf(name, { cause: 'drift', ...unread, pause, recreation });
}

export const TOLD_COLUMNS =
  'name, cause, detail, closed_until, closings, pause_by, pause_reason, pause_since, changed_at, revision';

/** A gate as a version stored it that knew no facts: a drift that nobody could read again, and the pause of a recreation. */
export const TOLD_GATE: GateRecord = {
  name: 'type:Told',
  cause: 'drift',
  detail: 'Amount is missing; could not be verified again: HTTP 403',
  closedUntil: 5,
  closings: 2,
  pause: {
    by: 'cli:ci@gone',
    reason: 'dataverse apply recreates contoso_Told (process 1 on gone at 2026-01-05T08:00:00.000Z)',
    since: 4,
  },
  recreation: null,
  unread: null,
  probe: null,
  changedAt: 6,
  revision: 3,
};

/** The same in SQL, by `TOLD_COLUMNS`. */
export const TOLD = `'type:Told', 'drift', '${TOLD_GATE.detail}', 5, 2, 'cli:ci@gone', '${TOLD_GATE.pause?.reason}', 4, 6, 3`;
