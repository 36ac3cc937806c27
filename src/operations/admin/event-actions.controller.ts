import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Roles } from '../../access/access-rule.js';
import { principalOf } from '../../access/principal-of.js';
import { ApiProblems } from '../../http/api-problems.js';
import { readBody } from '../../http/read-body.js';
import { readQuery } from '../../http/read-query.js';
import { EventResource, eventResourceOf } from '../../ingest/event.resource.js';
import { isEventId } from '../../kernel/ids.js';
import { objectOf } from '../../kernel/json-reader.js';
import { Doorbell } from '../../outbox/doorbell.js';
import { type ActionResult, OperatorActions } from '../../outbox/operator-actions.js';
import { CancelRequest, ReplayEventRequest } from './event-action.resource.js';
import { eventOrProblem } from './event-or-problem.js';
import { readFlag } from './flag.js';
import { readReason } from './reason.js';

const EVENT_ID = {
  name: 'id',
  schema: { type: 'string', format: 'uuid', example: '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70' } as const,
  description: 'The id it was accepted with.',
};

const PROBLEMS = [
  'malformed-json',
  'invalid-parameter',
  'invalid-request',
  'unauthenticated',
  'forbidden',
  'not-found',
  'illegal-transition',
  'unsupported-media-type',
  'storage-unavailable',
  'storage-unknown',
] as const;

/** A `force` in the query would be ignored in silence. */
const readNothing = objectOf({});

const readReplay = objectOf({ force: readFlag, reason: readReason });
const readCancel = objectOf({ reason: readReason });

/** What operators do to one event. */
@ApiTags('Operators')
@Controller('v1/events')
@Roles('operator')
export class EventActionsController {
  constructor(
    private readonly actions: OperatorActions,
    private readonly doorbell: Doorbell,
  ) {}

  @Post(':id/replay')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'replayEvent',
    summary: 'Replay an event',
    description:
      'A dead event is delivered anew, under the same id, with all counts afresh. With `force` a delivered one too: a ' +
      'deliberate duplicate, for when the subscriber lost it.',
  })
  @ApiParam(EVENT_ID)
  @ApiBody({
    type: ReplayEventRequest,
    required: false,
    examples: {
      dead: { summary: 'A dead one', value: { reason: 'The customer was missing in Dataverse; it is there now.' } },
      delivered: { summary: 'A delivered one', value: { force: true, reason: 'The subscriber lost it.' } },
    },
  })
  @ApiOkResponse({ type: EventResource, description: 'The event, pending again.' })
  @ApiProblems(...PROBLEMS, 'data-erased')
  async replay(@Param('id') id: string, @Req() request: FastifyRequest): Promise<EventResource> {
    readQuery(request.query, readNothing);
    const { force = false, reason = null } = readBody(request, readReplay);
    const by = principalOf(request).client;
    const result = await only(id, () => this.actions.replay(id, { force, by, reason }));
    if (result.kind === 'done') this.doorbell.wake();
    return eventResourceOf(eventOrProblem(result, 'replayed'));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'cancelEvent',
    summary: 'Cancel an event',
    description: 'A pending or dead event ends here: it is never sent again, and what it held back goes on.',
  })
  @ApiParam(EVENT_ID)
  @ApiBody({
    type: CancelRequest,
    required: false,
    examples: { cancel: { summary: 'With a reason', value: { reason: 'Entered by hand.' } } },
  })
  @ApiOkResponse({ type: EventResource, description: 'The event, cancelled.' })
  @ApiProblems(...PROBLEMS)
  async cancel(@Param('id') id: string, @Req() request: FastifyRequest): Promise<EventResource> {
    readQuery(request.query, readNothing);
    const { reason = null } = readBody(request, readCancel);
    const by = principalOf(request).client;
    const result = await only(id, () => this.actions.cancel(id, { by, reason }));
    // An event that waited behind it may be due.
    if (result.kind === 'done') this.doorbell.wake();
    return eventResourceOf(eventOrProblem(result, 'cancelled'));
  }
}

/** A text that cannot be an id names no event, and never reaches the store. */
async function only(id: string, act: () => Promise<ActionResult>): Promise<ActionResult> {
  return isEventId(id) ? act() : { kind: 'not-found' };
}
