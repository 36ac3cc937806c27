import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isOperator } from '../access/principal.js';
import { principalOf } from '../access/principal-of.js';
import { ApiProblems } from '../http/api-problems.js';
import { ProblemError } from '../http/problem.error.js';
import { readQuery } from '../http/read-query.js';
import { isEventId } from '../kernel/ids.js';
import { objectOf, oneOf } from '../kernel/json-reader.js';
import type { EventRecord } from '../outbox/event-record.js';
import { Outbox } from '../outbox/outbox.js';
import { ReceiptStore } from '../outbox/receipt-store.js';
import { ApiListEvents } from './api-list-events.js';
import { AttemptListResource, attemptListResourceOf } from './attempt-list.resource.js';
import { EventResource, eventResourceOf, eventWithDataOf } from './event.resource.js';
import { eventListQuery } from './event-list-query.js';
import { EventPageResource, eventPageResourceOf } from './event-page.resource.js';
import { fillPage } from './fill-page.js';
import { EventWatch } from './waiting/event-watch.js';
import { readPatiently, WAITED_HEADERS } from './waiting/read-patiently.js';

const EVENT_ID = {
  name: 'id',
  schema: { type: 'string', format: 'uuid', example: '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70' } as const,
  description: 'The id it was accepted with.',
};

const readEventQuery = objectOf({ include: oneOf('data') });
const readNothing = objectOf({});

/** How often the store is asked for one page: some ten thousand events are looked at, in short turns. */
const LOOKS_PER_PAGE = 5;

/** What became of events. A publisher sees only its own events: for any other it gets a 404. */
@ApiTags('Events')
@Controller('v1/events')
export class EventsController {
  constructor(
    private readonly outbox: Outbox,
    private readonly receipts: ReceiptStore,
    private readonly watch: EventWatch,
  ) {}

  @Get()
  @ApiListEvents()
  async list(@Query() query: unknown, @Req() request: FastifyRequest): Promise<EventPageResource> {
    const asked = eventListQuery(query, principalOf(request));
    return eventPageResourceOf(await fillPage(this.outbox, asked, LOOKS_PER_PAGE));
  }

  @Get(':id')
  @ApiOperation({
    operationId: 'getEvent',
    summary: 'Read what became of an event',
    description: 'Its status and its instants; its content too, with `include=data`.',
  })
  @ApiParam(EVENT_ID)
  @ApiHeader({
    name: 'Prefer',
    required: false,
    description:
      '`wait=N` waits up to N seconds, 30 at most, for the event to be delivered, dead or cancelled (RFC 7240); not for ' +
      'its receipt.',
    schema: { type: 'string' },
    example: 'wait=10',
  })
  @ApiQuery({ name: 'include', required: false, enum: ['data'], description: 'Adds the content of the event.' })
  @ApiOkResponse({ type: EventResource, description: 'The event.', headers: WAITED_HEADERS })
  @ApiProblems('invalid-parameter', 'unauthenticated', 'not-found', 'storage-unavailable')
  async get(
    @Param('id') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EventResource> {
    const { include } = readQuery(query, readEventQuery);
    const event = await readPatiently(this.watch, { request, reply, read: () => this.find(id, request) });
    return include === 'data' ? eventWithDataOf(event) : eventResourceOf(event);
  }

  @Get(':id/attempts')
  @ApiOperation({
    operationId: 'getEventAttempts',
    summary: "Read an event's timeline",
    description:
      'Every attempt to deliver it, those that were given back included; and every receipt, which is what Dataverse told of ' +
      'raising it to its subscribers.',
  })
  @ApiParam(EVENT_ID)
  @ApiOkResponse({ type: AttemptListResource, description: 'The attempts and receipts.' })
  @ApiProblems('invalid-parameter', 'unauthenticated', 'not-found', 'storage-unavailable')
  async attempts(
    @Param('id') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
  ): Promise<AttemptListResource> {
    readQuery(query, readNothing);
    await this.find(id, request);
    const [attempts, receipts] = await Promise.all([this.outbox.listAttempts(id), this.receipts.listReceipts(id)]);
    return attemptListResourceOf(attempts, receipts);
  }

  private async find(id: string, request: FastifyRequest): Promise<EventRecord> {
    const principal = principalOf(request);
    const event = isEventId(id) ? await this.outbox.find(id) : null;
    if (event !== null && (isOperator(principal) || event.client === principal.client)) return event;
    throw new ProblemError('not-found', 'There is no such event.');
  }
}
