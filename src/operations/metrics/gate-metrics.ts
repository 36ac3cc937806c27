import { Gauge, type Registry } from 'prom-client';
import { shownState } from '../../delivery/gate.js';
import type { EpochMs } from '../../kernel/clock.js';
import type { GateCause, GateRecord } from '../../outbox/gate-store.js';

const CAUSES: Record<GateCause, true> = {
  throttled: true,
  unauthorized: true,
  forbidden: true,
  misconfigured: true,
  unavailable: true,
  drift: true,
};

/** Which gates let nothing pass, and why. A gate that never closed is not listed. */
export class GateMetrics {
  private readonly closed: Gauge<'gate' | 'cause'>;
  private readonly probing: Gauge<'gate'>;

  constructor(registry: Registry) {
    this.closed = new Gauge({
      name: 'gateway_gate_closed',
      help: 'Whether a gate lets nothing pass, by cause; an operator pause has the cause paused.',
      labelNames: ['gate', 'cause'],
      registers: [registry],
    });
    this.probing = new Gauge({
      name: 'gateway_gate_probing',
      help: 'Whether a gate that was closed lets single events pass to see.',
      labelNames: ['gate'],
      registers: [registry],
    });
  }

  show(gates: readonly GateRecord[], now: EpochMs): void {
    this.forget();
    for (const gate of gates) {
      const state = shownState(gate, now);
      for (const cause of Object.keys(CAUSES)) {
        this.closed.set({ gate: gate.name, cause }, state === 'closed' && gate.cause === cause ? 1 : 0);
      }
      this.closed.set({ gate: gate.name, cause: 'paused' }, gate.pause === null ? 0 : 1);
      this.probing.set({ gate: gate.name }, state === 'probing' ? 1 : 0);
    }
  }

  forget(): void {
    this.closed.reset();
    this.probing.reset();
  }
}
