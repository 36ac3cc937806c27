import { Controller, HttpCode, Post, Req, Res, type Type } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Roles } from '../../access/access-rule.js';
import type { EventCatalog } from '../../contract/event-catalog.js';
import { mediaTypeOf, StreamsBody } from '../../http/streamed-body.js';
import { type BatchForm, BatchIntake } from '../bulk/batch-intake.js';
import { BATCH_ITEMS } from '../bulk/bulk-limits.js';
import { IngestService } from '../ingest.service.js';
import type { ReadItem } from '../prepare-item.js';
import { sendReceipt } from '../send-receipt.js';
import { ApiPublishCloudEvent } from './api-publish-cloud-event.js';
import { MESSAGE_BYTES } from './cloud-event-limits.js';
import { CloudEventReader } from './cloud-event-reader.js';
import { CLOUD_EVENT, CLOUD_EVENT_BATCH, CONTENT } from './media-types.js';
import { receiveCloudEvent } from './receive-cloud-event.js';
import { refuseKeyHeader } from './refuse-key-header.js';
import { senderOf } from './sender.js';
import { readStructured } from './structured-mode.js';

/** By the JSON format of CloudEvents an empty list is a valid batch. */
const SHAPE = { at: null, minItems: 0, maxItems: BATCH_ITEMS } as const;

/** The endpoint of CloudEvents: every event type at one path, in structured, batched and binary mode. */
export function cloudEventsControllerFor(catalog: EventCatalog): Type<unknown> {
  const reader = new CloudEventReader(catalog);
  const batchForm = batchFormOf(reader);

  @ApiTags('Publish')
  @Controller('v1/events')
  class CloudEventsController {
    constructor(
      private readonly ingest: IngestService,
      private readonly batches: BatchIntake,
    ) {}

    @Post()
    @HttpCode(202)
    @Roles('publisher')
    @StreamsBody(CLOUD_EVENT, CLOUD_EVENT_BATCH, CONTENT)
    @ApiPublishCloudEvent(catalog.definitions)
    async publish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
      refuseKeyHeader(request.headers['idempotency-key']);
      if (mediaTypeOf(request) === CLOUD_EVENT_BATCH) await this.batches.answer(request, reply, batchForm);
      else await this.publishOne(request, reply);
    }

    private async publishOne(request: FastifyRequest, reply: FastifyReply): Promise<void> {
      const receive = await receiveCloudEvent(request);
      const [outcome] = await this.ingest.acceptAll(oneItem(() => reader.read(receive, senderOf(request)), reply));
      if (outcome === undefined) throw new Error('a CloudEvent was answered with no outcome');
      if (outcome.kind === 'refused') throw outcome.problem;
      sendReceipt(reply, outcome.type, outcome.receipt);
    }
  }

  return CloudEventsController;
}

/** Reads the event only when it is asked for: while nothing is let in, no event is judged. */
function* oneItem(read: () => ReadItem, reply: FastifyReply): Generator<ReadItem> {
  const item = read();
  if (!('problem' in item)) reply.header('traceparent', item.traceparent);
  yield item;
}

function batchFormOf(reader: CloudEventReader): BatchForm {
  return {
    shape: SHAPE,
    maxItemBytes: MESSAGE_BYTES,
    type: 'unknown',
    readerFor: (request) => {
      const sender = senderOf(request);
      return (json, bytes) => reader.read(() => readStructured(json, bytes), sender);
    },
  };
}
