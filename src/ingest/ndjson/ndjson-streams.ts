import { Readable } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessGuard } from '../../access/access.guard.js';
import { ClientRates } from '../../access/client-rates.js';
import { EVENT_BYTES } from '../../contract/event-bytes.js';
import { letTakeLong } from '../../http/long-requests.js';
import { pathOf } from '../../http/send-problem.js';
import { FairShare } from '../../kernel/fair-share.js';
import { Timers } from '../../kernel/timers.js';
import { AcceptanceGate, refusalFor } from '../acceptance-gate.js';
import { BULK_MEDIA_TYPES } from '../bulk/media-types.js';
import { IngestService } from '../ingest.service.js';
import type { ItemReader } from '../item-reader.js';
import { BodySource } from './body-source.js';
import { EventStream } from './event-stream.js';
import { NDJSON_LIMITS } from './ndjson-limits.js';
import { StreamPermit } from './stream-permit.js';

/** Bytes of unread answers, beyond which no more events are read. */
const ANSWERS_AHEAD = 64 * 1024;

/** Answers streams of events, a bounded number at a time. */
@Injectable()
export class NdjsonStreams {
  private readonly logger = new Logger('Http');
  private readonly places = new FairShare(NDJSON_LIMITS.maxStreams);

  constructor(
    private readonly ingest: IngestService,
    private readonly gate: AcceptanceGate,
    private readonly guard: AccessGuard,
    private readonly rates: ClientRates,
    private readonly timers: Timers,
  ) {}

  /** Begins the answer and returns; the stream goes on by itself. Throws a 503 problem where it cannot begin. */
  answer(request: FastifyRequest, reply: FastifyReply, reader: ItemReader): void {
    this.gate.requireOpen();
    if (!this.places.take(request.bodyHolder, 1)) throw refusalFor('overloaded');
    const { raw } = request;
    const source = new BodySource({ raw, timers: this.timers, patienceMs: NDJSON_LIMITS.lineTimeoutMs });
    const stream = this.streamOf(request, source, reader);
    const answers = Readable.from(stream.answers(), { objectMode: false, highWaterMark: ANSWERS_AHEAD });
    const letGo = this.hold(source, request);
    answers.once('close', () => {
      letGo();
      if (stream.endedEarly) raw.resume();
    });
    answers.once('error', (error) => {
      // Before the first answer the error becomes a problem, which is logged; after it the connection is cut.
      if (!reply.raw.headersSent) reply.header('Connection', 'close');
      else this.logger.error(`${request.method} ${pathOf(request)} failed`, error.stack);
    });
    reply.raw.once('finish', () => {
      if (stream.endedEarly) raw.socket.destroySoon();
    });
    reply.code(207).header('Content-Type', BULK_MEDIA_TYPES.ndjson).send(answers);
  }

  private streamOf(request: FastifyRequest, source: BodySource, reader: ItemReader): EventStream {
    const { ingest, guard, rates, gate } = this;
    return new EventStream({
      source,
      permit: new StreamPermit({ request, guard, rates, gate }),
      ingest,
      reader,
      traceparent: request.traceparent,
      instance: pathOf(request),
      maxLineBytes: EVENT_BYTES,
    });
  }

  /** The function it returns gives up the stream's place, and everything the stream was allowed. */
  private hold(source: BodySource, { raw, bodyHolder }: FastifyRequest): () => void {
    const endHaste = letTakeLong(raw.socket);
    const forget = this.gate.onClose(() => source.stop());
    return () => {
      this.places.giveBack(bodyHolder, 1);
      endHaste();
      forget();
      source.close();
    };
  }
}
