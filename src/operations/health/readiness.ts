import { Injectable } from '@nestjs/common';
import { Outbox } from '../../outbox/outbox.js';
import { Lifecycle } from '../lifecycle.js';
import { withDeadline } from '../with-deadline.js';
import type { ReadinessResource } from './health.resource.js';

/** Less than the second that orchestrators commonly allow a probe. */
const DEADLINE_MS = 800;

/**
 * Whether traffic should come here: the outbox can be reached and the process is not shutting down. An unreachable
 * Dataverse does *not* make it unready: events are accepted all the same, that is what the outbox is for.
 */
@Injectable()
export class Readiness {
  private checking: Promise<boolean> | null = null;

  constructor(
    private readonly outbox: Outbox,
    private readonly lifecycle: Lifecycle,
  ) {}

  /** Answers within a second, even if the store hangs. */
  async check(): Promise<ReadinessResource> {
    const isOutboxUp = await this.isOutboxUp();
    const { phase } = this.lifecycle;
    return {
      status: isOutboxUp && phase === 'serving' ? 'ok' : 'unavailable',
      checks: { outbox: isOutboxUp ? 'up' : 'down', process: phase },
    };
  }

  /** The probe is open to everybody: however many ask at once, the store is asked once. */
  private isOutboxUp(): Promise<boolean> {
    this.checking ??= withDeadline(this.measure(), DEADLINE_MS)
      .then((gauges) => gauges !== null)
      .finally(() => {
        this.checking = null;
      });
    return this.checking;
  }

  /** A store that throws at once counts as unreachable, like one that rejects. */
  private async measure(): Promise<object> {
    return this.outbox.measure();
  }
}
