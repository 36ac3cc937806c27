import { expect, it } from '@jest/globals';
import type { NewAuditEntry } from '../../../src/outbox/audit-store.js';
import { gateOf } from '../support/gates.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about who did what. */
export function audit(current: CurrentFixture): void {
  const backup: NewAuditEntry = { by: 'cli:ann@till', action: 'store.backup', subject: '/backup/a.db', detail: null };

  it('has no line before anybody did anything', async () => {
    expect(await current().store.audit.list({ before: null, limit: 5 })).toEqual([]);
  });

  it('keeps every line with its instant, the newest first', async () => {
    const { store, clock } = current();
    const first = clock.now();
    await store.audit.record(backup);
    clock.set(first + 5000);
    await store.audit.record({ ...backup, detail: '12 events' });
    const lines = await store.audit.list({ before: null, limit: 5 });
    expect(lines).toMatchObject([
      { ...backup, detail: '12 events', at: first + 5000 },
      { ...backup, at: first },
    ]);
    expect(lines[0]?.sequence).toBeGreaterThan(lines[1]?.sequence ?? 0);
  });

  it('is read page by page', async () => {
    const { store } = current();
    for (let n = 0; n < 5; n += 1) await store.audit.record({ ...backup, subject: String(n) });
    const first = await store.audit.list({ before: null, limit: 3 });
    const second = await store.audit.list({ before: first.at(-1)?.sequence ?? 0, limit: 3 });
    expect([...first, ...second].map(({ subject }) => subject).join('')).toBe('43210');
    expect(await store.audit.list({ before: second.at(-1)?.sequence ?? 0, limit: 3 })).toEqual([]);
  });

  it('has the line of a gate’s change, and none where the change was refused', async () => {
    const { store } = current();
    const line = { by: 'ann', action: 'gate.pause', subject: 'type:CustomerPurchase', detail: 'migration' } as const;
    const gate = gateOf('type:CustomerPurchase');
    await store.gates.save(gate, line);
    await store.gates.save(gate, { ...line, by: 'bob' });
    await store.gates.save({ ...gate, revision: 2 }, null);
    expect(await store.audit.list({ before: null, limit: 5 })).toMatchObject([line]);
  });
}
