import { Controller, HttpCode, Post, Req, Res, type Type } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Roles } from '../../access/access-rule.js';
import { ClientRates } from '../../access/client-rates.js';
import type { EventCatalog } from '../../contract/event-catalog.js';
import { mediaTypeOf, StreamsBody } from '../../http/streamed-body.js';
import { BATCH_ITEMS } from '../bulk/bulk-limits.js';
import { BulkRoom } from '../bulk/bulk-room.js';
import { readItems } from '../bulk/read-items.js';
import { sendBatchResult } from '../bulk/send-batch-result.js';
import { IngestService } from '../ingest.service.js';
import type { ReadItem } from '../prepare-item.js';
import { sendReceipt } from '../send-receipt.js';
import { ApiPublishCloudEvent } from './api-publish-cloud-event.js';
import { MESSAGE_BYTES } from './cloud-event-limits.js';
import { CloudEventReader } from './cloud-event-reader.js';
import { CLOUD_EVENT, CLOUD_EVENT_BATCH, CONTENT } from './media-types.js';
import { receiveCloudEvent } from './receive-cloud-event.js';
import type { ReceivedCloudEvent } from './received-cloud-event.js';
import { refuseKeyHeader } from './refuse-key-header.js';
import { senderOf } from './sender.js';
import { readStructured } from './structured-mode.js';

/** An empty list is a valid batch, says the JSON format. */
const SHAPE = { at: null, minItems: 0, maxItems: BATCH_ITEMS } as const;

/** The endpoint of CloudEvents: every event type at one path, in structured, batched and binary mode. */
export function cloudEventsControllerFor(catalog: EventCatalog): Type<unknown> {
  const reader = new CloudEventReader(catalog);

  @ApiTags('Publish')
  @Controller('v1/events')
  class CloudEventsController {
    constructor(
      private readonly ingest: IngestService,
      private readonly room: BulkRoom,
      private readonly rates: ClientRates,
    ) {}

    @Post()
    @HttpCode(202)
    @Roles('publisher')
    @StreamsBody(CLOUD_EVENT, CLOUD_EVENT_BATCH, CONTENT)
    @ApiPublishCloudEvent(catalog.definitions)
    async publish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
      refuseKeyHeader(request.headers['idempotency-key']);
      if (mediaTypeOf(request) === CLOUD_EVENT_BATCH) await this.publishBatch(request, reply);
      else await this.publishOne(request, reply);
    }

    private async publishOne(request: FastifyRequest, reply: FastifyReply): Promise<void> {
      const receive = await receiveCloudEvent(request);
      const [outcome] = await this.ingest.acceptAll(this.itemOf(receive, request, reply));
      if (outcome === undefined) throw new Error('a CloudEvent was answered with no outcome');
      if (outcome.kind === 'refused') throw outcome.problem;
      sendReceipt(reply, outcome.type, outcome.receipt);
    }

    /** Read when it is asked for: while nothing is let in, no event is judged. */
    private *itemOf(
      receive: () => ReceivedCloudEvent,
      request: FastifyRequest,
      reply: FastifyReply,
    ): Generator<ReadItem> {
      const item = reader.read(receive, senderOf(request));
      if (!('problem' in item)) reply.header('traceparent', item.traceparent);
      yield item;
    }

    private async publishBatch(request: FastifyRequest, reply: FastifyReply): Promise<void> {
      const outcomes = await this.room.use(request, (body) => this.ingest.acceptAll(this.itemsOf(body, request)));
      sendBatchResult(reply, outcomes);
    }

    private itemsOf(body: Buffer, request: FastifyRequest): Iterable<ReadItem> {
      const sender = senderOf(request);
      return readItems(body, {
        shape: SHAPE,
        maxItemBytes: MESSAGE_BYTES,
        type: 'unknown',
        read: (json, bytes) => reader.read(() => readStructured(json, bytes), sender),
        // The guard counted the request as one event.
        counted: (items) => this.rates.spendFor(request, Math.max(0, items - 1)),
      });
    }
  }

  return CloudEventsController;
}
