import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, type ApiQueryOptions } from '@nestjs/swagger';
import { ApiProblems } from '../http/api-problems.js';
import { CURSOR_SCHEMA } from '../http/cursor.js';
import { EventPageResource } from './event-page.resource.js';
import { EVENT_STATUSES } from './event-statuses.js';

/** Everything the OpenAPI document says about listing events. */
export function ApiListEvents(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'listEvents',
      summary: 'List events',
      description:
        'Those that fit every parameter given, the newest first: your own, or those of every client for an operator. ' +
        'Their content is not in the list.',
    }),
    ...PARAMETERS.map((parameter) => ApiQuery({ required: false, ...parameter })),
    ApiOkResponse({ type: EventPageResource, description: 'The page.' }),
    ApiProblems('invalid-parameter', 'unauthenticated', 'forbidden', 'storage-unavailable'),
  );
}

const INSTANT = { type: 'string', format: 'date-time' } as const;
const TEXT = { type: 'string', minLength: 1, maxLength: 1_000 } as const;

const PARAMETERS: readonly ApiQueryOptions[] = [
  { name: 'type', schema: TEXT, description: 'Of this event type.', example: 'CustomerPurchase' },
  { name: 'status', enum: EVENT_STATUSES, enumName: 'EventStatus', description: 'In this status.' },
  { name: 'key', schema: TEXT, description: 'With this idempotency key.' },
  { name: 'orderingKey', schema: TEXT, description: 'With this ordering key.' },
  { name: 'source', schema: TEXT, description: 'From this source.' },
  { name: 'client', schema: TEXT, description: 'Sent by this client; another one than yourself for operators only.' },
  { name: 'from', schema: INSTANT, description: 'Accepted at this instant or later.' },
  { name: 'to', schema: INSTANT, description: 'Accepted before this instant.' },
  {
    name: 'blocking',
    schema: { type: 'string', enum: ['true'] },
    description: 'Only dead events that hold back those behind them in their ordering key.',
  },
  {
    name: 'overdue',
    schema: { type: 'string', enum: ['true'] },
    description:
      'Only delivered events whose receipt is overdue: one was expected in time, and none came. Those that still may be ' +
      'confirmed in time are not among them.',
  },
  { name: 'cursor', schema: CURSOR_SCHEMA, description: 'The `next` of the page before.' },
  {
    name: 'limit',
    schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
    description: 'How many at most.',
  },
];
