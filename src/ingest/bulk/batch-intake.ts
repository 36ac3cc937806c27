import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ClientRates } from '../../access/client-rates.js';
import { AcceptanceGate } from '../acceptance-gate.js';
import { IngestService } from '../ingest.service.js';
import { BULK_BODY_BYTES } from './bulk-limits.js';
import { type ItemsReading, readItems } from './read-items.js';
import { sendBatchResult } from './send-batch-result.js';

/** The form in which an endpoint takes several events at once. */
export interface BatchForm extends Omit<ItemsReading, 'read' | 'counted'> {
  /** Makes the reader for the items of one request. */
  readonly readerFor: (request: FastifyRequest) => ItemsReading['read'];
}

/** Takes in requests with several events, for every endpoint that accepts such requests. */
@Injectable()
export class BatchIntake {
  constructor(
    private readonly ingest: IngestService,
    private readonly gate: AcceptanceGate,
    private readonly rates: ClientRates,
  ) {}

  /**
   * Reads the body, and keeps room for it until its events are stored; then answers what became of each. Rejects with the
   * problem that refuses the whole request: a 400, 413 or 429, or a 503 where there is no room or nothing is let in.
   */
  async answer(request: FastifyRequest, reply: FastifyReply, form: BatchForm): Promise<void> {
    this.gate.requireOpen();
    const outcomes = await request.server.bodyRoom.use(request, {
      maxBytes: BULK_BODY_BYTES,
      work: (body) => this.ingest.acceptAll(readItems(body, this.readingFor(request, form)), form.type),
    });
    sendBatchResult(reply, outcomes);
  }

  private readingFor(request: FastifyRequest, { readerFor, ...form }: BatchForm): ItemsReading {
    // The guard counted the request as one event.
    const counted = (items: number) => this.rates.spendFor(request, items - 1);
    return { ...form, read: readerFor(request), counted };
  }
}
