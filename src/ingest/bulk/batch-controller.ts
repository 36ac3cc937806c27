import { Controller, HttpCode, Post, Req, Res, type Type } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Publishes } from '../../access/access-rule.js';
import { principalOf } from '../../access/principal-of.js';
import { EVENT_BYTES } from '../../contract/event-bytes.js';
import type { EventDefinition } from '../../contract/event-definition.js';
import { mediaTypeOf, StreamsBody } from '../../http/streamed-body.js';
import { refuseIdempotencyKey } from '../idempotency-key.js';
import { type ItemReader, itemReaderFor } from '../item-reader.js';
import { NdjsonStreams } from '../ndjson/ndjson-streams.js';
import { ApiPublishBatch } from './api-publish-batch.js';
import { type BatchForm, BatchIntake } from './batch-intake.js';
import { BATCH_ITEMS } from './bulk-limits.js';
import { BULK_MEDIA_TYPES } from './media-types.js';

const SHAPE = { at: 'events', minItems: 1, maxItems: BATCH_ITEMS } as const;

/** The REST endpoint for several events of one type at once. */
export function batchControllerFor(definition: EventDefinition): Type<unknown> {
  const { type, slug } = definition;
  const reader = itemReaderFor(definition);
  const form = batchFormOf(reader);

  @ApiTags('Publish')
  @Controller('v1/events')
  class BatchController {
    constructor(
      private readonly batches: BatchIntake,
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
      await this.batches.answer(request, reply, form);
    }
  }

  Object.defineProperty(BatchController, 'name', { value: `${definition.eventClass.name}BatchController` });
  return BatchController;
}

function batchFormOf({ type, read }: ItemReader): BatchForm {
  return {
    shape: SHAPE,
    maxItemBytes: EVENT_BYTES,
    type,
    readerFor: (request) => {
      const sender = { client: principalOf(request).client, traceparent: request.traceparent };
      return (json) => read(json, sender);
    },
  };
}
