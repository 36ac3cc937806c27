import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AcceptanceGate } from '../acceptance-gate.js';
import { BULK_BODY_BYTES } from './bulk-limits.js';

/** Where bodies with several events are read, while events are let in. */
@Injectable()
export class BulkRoom {
  constructor(private readonly gate: AcceptanceGate) {}

  /**
   * Reads the body of a request with several events, and keeps room for it until the work with it is done. Rejects with
   * a 413 problem, or with a 503 where there is no room or nothing is let in.
   */
  async use<T>(request: FastifyRequest, work: (body: Buffer) => Promise<T>): Promise<T> {
    this.gate.requireOpen();
    return request.server.bodyRoom.use(request, { maxBytes: BULK_BODY_BYTES, work });
  }
}
