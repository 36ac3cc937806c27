import { Gauge, type Registry } from 'prom-client';
import { type GateState, shownState } from '../../delivery/gate.js';
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
  private readonly probing: Gauge<'gate' | 'cause'>;

  constructor(registry: Registry) {
    this.closed = new Gauge({
      name: 'gateway_gate_closed',
      help: 'Whether a gate lets nothing pass, by cause; an operator pause has the cause paused.',
      labelNames: ['gate', 'cause'],
      registers: [registry],
    });
    this.probing = new Gauge({
      name: 'gateway_gate_probing',
      help: 'Whether a gate that closed for this cause lets single events pass to see.',
      labelNames: ['gate', 'cause'],
      registers: [registry],
    });
  }

  show(gates: readonly GateRecord[], now: EpochMs): void {
    this.forget();
    for (const gate of gates) this.showOne(gate, shownState(gate, now));
  }

  forget(): void {
    this.closed.reset();
    this.probing.reset();
  }

  private showOne({ name: gate, cause, pause }: GateRecord, state: GateState): void {
    for (const each of Object.keys(CAUSES)) {
      this.closed.set({ gate, cause: each }, state === 'closed' && cause === each ? 1 : 0);
    }
    this.closed.set({ gate, cause: 'paused' }, pause === null ? 0 : 1);
    // For its last cause alone: a gate has been closed for one at a time.
    if (cause !== null) this.probing.set({ gate, cause }, state === 'probing' ? 1 : 0);
  }
}
