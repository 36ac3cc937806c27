import { Controller, HttpCode, Post, Req, Res, type Type } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Publishes } from '../../access/access-rule.js';
import { ClientRates } from '../../access/client-rates.js';
import { principalOf } from '../../access/principal-of.js';
import { EVENT_BYTES } from '../../contract/event-bytes.js';
import type { EventDefinition } from '../../contract/event-definition.js';
import { mediaTypeOf, StreamsBody } from '../../http/streamed-body.js';
import { refuseIdempotencyKey } from '../idempotency-key.js';
import { IngestService } from '../ingest.service.js';
import { itemReaderFor } from '../item-reader.js';
import { NdjsonStreams } from '../ndjson/ndjson-streams.js';
import type { ReadItem } from '../prepare-item.js';
import { ApiPublishBatch } from './api-publish-batch.js';
import { BATCH_ITEMS } from './bulk-limits.js';
import { BulkRoom } from './bulk-room.js';
import { BULK_MEDIA_TYPES } from './media-types.js';
import { readItems } from './read-items.js';
import { sendBatchResult } from './send-batch-result.js';

const SHAPE = { at: 'events', minItems: 1, maxItems: BATCH_ITEMS } as const;

/** The REST endpoint for several events of one type at once. */
export function batchControllerFor(definition: EventDefinition): Type<unknown> {
  const { type, slug } = definition;
  const reader = itemReaderFor(definition);

  @ApiTags('Publish')
  @Controller('v1/events')
  class BatchController {
    constructor(
      private readonly ingest: IngestService,
      private readonly room: BulkRoom,
      private readonly rates: ClientRates,
      private readonly streams: NdjsonStreams,
    ) {}

    @Post(`${slug}/batch`)
    @HttpCode(202)
    @Publishes(type)
    @StreamsBody(BULK_MEDIA_TYPES.json, BULK_MEDIA_TYPES.ndjson)
    @ApiPublishBatch(definition)
    async publishBatch(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
      refuseIdempotencyKey(request.headers['idempotency-key']);
      if (mediaTypeOf(request) === BULK_MEDIA_TYPES.ndjson) return this.streams.answer(request, reply, reader);
      const outcomes = await this.room.use(request, (body) => this.ingest.acceptAll(this.itemsOf(body, request), type));
      sendBatchResult(reply, outcomes);
    }

    private itemsOf(body: Buffer, request: FastifyRequest): Iterable<ReadItem> {
      const sender = { client: principalOf(request).client, traceparent: request.traceparent };
      return readItems(body, {
        shape: SHAPE,
        maxItemBytes: EVENT_BYTES,
        type,
        read: (json) => reader.read(json, sender),
        // The guard counted the request as one event.
        counted: (items) => this.rates.spendFor(request, items - 1),
      });
    }
  }

  Object.defineProperty(BatchController, 'name', { value: `${definition.eventClass.name}BatchController` });
  return BatchController;
}
