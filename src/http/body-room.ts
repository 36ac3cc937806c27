import type { FastifyRequest } from 'fastify';
import { FairShare } from '../kernel/fair-share.js';
import { collectBody } from './collect-body.js';
import { ProblemError } from './problem.error.js';

declare module 'fastify' {
  interface FastifyInstance {
    readonly bodyRoom: BodyRoom;
  }
  interface FastifyRequest {
    /**
     * The client that sends the body, where it is known: one client's bodies must not cause another one's to be
     * refused.
     */
    bodyHolder: string;
  }
}

/** How a body is read. */
export interface BodyReading<T> {
  readonly maxBytes: number;
  /** What is done with the body; the body takes up room until this has ended. */
  readonly work: (body: Buffer) => T | Promise<T>;
}

/**
 * Bytes of all bodies that one process holds at a time. With what is made of them, a process holds some six times as
 * much.
 */
const ROOM_BYTES = 64 * 1024 * 1024;

/**
 * The room for bodies, shared by all requests. Bytes take up room as they arrive, so announcing a large body costs
 * others nothing.
 */
export class BodyRoom {
  private readonly share = new FairShare(ROOM_BYTES);

  /** Resolves with what `work` makes of a body. Rejects with a 413 problem, or with a 503 one where there is no room. */
  async use<T>(request: FastifyRequest, { maxBytes, work }: BodyReading<T>): Promise<T> {
    const { bodyHolder, raw } = request;
    if (!this.share.hasRoom(bodyHolder, Math.min(Number(raw.headers['content-length'] ?? 0), maxBytes))) throw FULL;
    let held = 0;
    const arrived = (bytes: number) => {
      if (!this.share.take(bodyHolder, bytes)) throw FULL;
      held += bytes;
    };
    try {
      return await work(await collectBody(request, maxBytes, arrived));
    } finally {
      this.share.giveBack(bodyHolder, held);
    }
  }
}

/** One error for all: an error with a stack costs as much as reading an event. */
const FULL = new ProblemError('overloaded', 'Too much is being received at once; nothing was stored.', {
  headers: { 'Retry-After': '2' },
});
