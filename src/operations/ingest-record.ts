import { Injectable } from '@nestjs/common';
import type { ProblemSlug } from '../http/problem-types.js';
import { IngestJournal } from '../ingest/ingest-journal.js';
import { GatewayMetrics } from './metrics/gateway-metrics.js';

/** Counts what ingest reports. It logs nothing: a line per accepted event would cost more than accepting it. */
@Injectable()
export class IngestRecord extends IngestJournal {
  constructor(private readonly metrics: GatewayMetrics) {
    super();
  }

  override accepted(type: string, repeated: boolean): void {
    this.metrics.ingest.accepted(type, repeated ? 'repeated' : 'accepted');
  }

  override refused(type: string, reason: ProblemSlug): void {
    this.metrics.ingest.refused(type, reason);
  }
}
