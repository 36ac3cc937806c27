import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { collectBody } from '../../http/collect-body.js';
import { AcceptanceGate, refusalFor } from '../acceptance-gate.js';
import { BULK_BODY_BYTES, BULK_ROOM_BYTES } from './bulk-limits.js';

/** The room for large bodies: bounded over all requests, for a thousand tills may come back online at once. */
@Injectable()
export class BulkRoom {
  private held = 0;

  constructor(private readonly gate: AcceptanceGate) {}

  /**
   * Reads the body of a request with several events, and keeps room for it until the work with it is done. Rejects with
   * a 413 problem, or with a 503 where the room is taken or nothing is let in: then nothing of it was read.
   */
  async use<T>(request: FastifyRequest, work: (body: Buffer) => Promise<T>): Promise<T> {
    this.gate.requireOpen();
    const bytes = roomFor(request);
    if (this.held + bytes > BULK_ROOM_BYTES) throw refusalFor('overloaded');
    this.held += bytes;
    try {
      return await work(await collectBody(request, BULK_BODY_BYTES));
    } finally {
      this.held -= bytes;
    }
  }
}

/** A body that does not say how long it is may be as long as any. */
function roomFor({ headers }: FastifyRequest): number {
  const announced = headers['content-length'];
  return announced === undefined ? BULK_BODY_BYTES : Math.min(Number(announced), BULK_BODY_BYTES);
}
