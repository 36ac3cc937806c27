import { Controller, HttpCode, Post, Req, Res, type Type } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Publishes } from '../access/access-rule.js';
import type { EventDefinition } from '../contract/event-definition.js';
import { ApiPublish } from './api-publish.js';
import { IngestService } from './ingest.service.js';
import { sendReceipt } from './send-receipt.js';
import { submissionReaderFor } from './submission-reader.js';

/** The REST endpoint of one event type: a controller class with a literal path and an operation of its own. */
export function ingestControllerFor(definition: EventDefinition): Type<unknown> {
  const { type, slug } = definition;
  const read = submissionReaderFor(definition);

  @ApiTags('Publish')
  @Controller('v1/events')
  class IngestController {
    constructor(private readonly ingest: IngestService) {}

    @Post(slug)
    @HttpCode(202)
    @Publishes(type)
    @ApiPublish(definition)
    async publish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
      const receipt = await this.ingest.accept(type, () => read(request));
      sendReceipt(reply, type, receipt);
    }
  }

  Object.defineProperty(IngestController, 'name', { value: `${definition.eventClass.name}IngestController` });
  return IngestController;
}
