import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { GateRecord } from '../../src/outbox/gate-store.js';
import { type OperationsApp, startOperationsApp } from './support/operations-app.js';

let app: OperationsApp;
beforeEach(async () => {
  app = await startOperationsApp();
});
afterEach(() => app.close());

async function scrape(): Promise<string> {
  return (await fetch(`${app.metricsUrl}/metrics`)).text();
}

async function probing(): Promise<readonly string[]> {
  return [...(await scrape()).matchAll(/^gateway_gate_probing(\{.+)$/gm)].map(([, series = '']) => series);
}

function gate(facts: Partial<GateRecord>): GateRecord {
  const open = {
    cause: null,
    detail: null,
    closedUntil: null,
    closings: 0,
    pause: null,
    recreation: null,
    unread: null,
    probe: null,
    changedAt: 1,
    revision: 1,
  };
  return { name: 'user:app-1', ...open, ...facts };
}

describe('what the store says', () => {
  it('has the backlog by type and status, and its oldest event', async () => {
    expect(await scrape()).toContain('gateway_outbox_oldest_pending_age_seconds 0');
    const event = {
      version: 1,
      client: 'till',
      source: 's',
      fingerprint: 'f',
      orderingKey: null,
      data: '{}',
      traceparent: null,
    };
    const type = 'CustomerPurchase';
    await app.store.outbox.append(
      ['a', 'b'].map((key) => ({ ...event, id: crypto.randomUUID(), type, keyKind: 'business', key })),
    );

    const text = await scrape();

    expect(text).toContain('gateway_outbox_events{type="CustomerPurchase",status="pending"} 2');
    expect(text).toMatch(/gateway_outbox_oldest_pending_age_seconds \d/);
  });

  it('has every gate with its cause, its pause, and whether it is probing', async () => {
    const pause = { by: 'ops', reason: 'release', since: 1 };
    await app.store.gates.save(gate({ cause: 'throttled', closedUntil: Date.now() + 60_000, closings: 1 }), null);
    await app.store.gates.save(
      gate({ name: 'type:A', cause: 'misconfigured', closedUntil: 1, closings: 1, pause }),
      null,
    );

    const text = await scrape();

    expect(text).toContain('gateway_gate_closed{gate="user:app-1",cause="throttled"} 1');
    expect(text).toContain('gateway_gate_closed{gate="user:app-1",cause="paused"} 0');
    expect(text).toContain('gateway_gate_probing{gate="user:app-1",cause="throttled"} 0');
    expect(text).toContain('gateway_gate_closed{gate="type:A",cause="misconfigured"} 0');
    expect(text).toContain('gateway_gate_closed{gate="type:A",cause="paused"} 1');
    expect(text).toContain('gateway_gate_probing{gate="type:A",cause="misconfigured"} 1');
  });

  it('has a gate as probing for its last cause alone, and not at all once it is open', async () => {
    const closed = { name: 'type:A', closedUntil: 1, closings: 1 };
    await app.store.gates.save(gate({ ...closed, cause: 'misconfigured' }), null);
    expect(await probing()).toEqual(['{gate="type:A",cause="misconfigured"} 1']);

    await app.store.gates.save(gate({ ...closed, cause: 'forbidden', revision: 2 }), null);
    expect(await probing()).toEqual(['{gate="type:A",cause="forbidden"} 1']);

    await app.store.gates.save(gate({ ...closed, closings: 0, revision: 3 }), null);
    expect(await probing()).toEqual([]);
  });

  it('has a drift closed until it was verified, however long ago its time was over', async () => {
    await app.store.gates.save(gate({ name: 'type:A', cause: 'drift', closedUntil: 1, closings: 1 }), null);

    const text = await scrape();

    expect(text).toContain('gateway_gate_closed{gate="type:A",cause="drift"} 1');
    expect(text).toContain('gateway_gate_probing{gate="type:A",cause="drift"} 0');
  });

  it('has what was found out about each type last, and when', async () => {
    const at = Date.UTC(2026, 10, 22, 10);
    app.delivery.verified({ type: 'A', verification: { status: 'verified', at }, inFull: null, isNews: true });
    const drifted = { status: 'drifted', at: at + 500, detail: 'x' } as const;
    app.delivery.verified({ type: 'A', verification: drifted, inFull: null, isNews: true });

    const text = await scrape();

    expect(text).toContain('gateway_event_type_verification{type="A",status="verified"} 0');
    expect(text).toContain('gateway_event_type_verification{type="A",status="drifted"} 1');
    expect(text).toContain('gateway_event_type_verification{type="A",status="not-verified"} 0');
    expect(text).toContain(`gateway_event_type_verification_timestamp_seconds{type="A"} ${at / 1_000 + 0.5}`);
  });

  it('has what retention removed and what blocks its key, so that the figures add up to everything accepted', async () => {
    await app.close();
    const counts = [{ type: 'A', status: 'delivered', count: 5 } as const];
    const gauges = {
      counts,
      oldestPendingAt: null,
      blocking: [{ type: 'B', count: 2 }],
      overdue: [],
      removed: [{ type: 'A', count: 7 }],
    };
    app = await startOperationsApp({ measure: () => Promise.resolve(gauges) });

    const text = await scrape();

    expect(text).toContain('gateway_outbox_events{type="A",status="delivered"} 5');
    expect(text).toContain('gateway_outbox_removed{type="A"} 7');
    expect(text).toContain('gateway_outbox_blocking{type="B"} 2');
  });

  it('is missing, not stale, when the store is away; the process is still told of', async () => {
    await app.close();
    app = await startOperationsApp({ measure: () => Promise.reject(new Error('away')) });

    const text = await scrape();

    expect(text).toContain('gateway_store_up 0');
    expect(text).not.toMatch(/^gateway_outbox_/m);
    expect(text).toContain('process_resident_memory_bytes');
  });
});
