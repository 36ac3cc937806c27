import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, type ApiQueryOptions } from '@nestjs/swagger';
import { ApiProblems } from '../../http/api-problems.js';
import { EventSummaryResource } from './summary.resource.js';

/** Everything the OpenAPI document says about summaries. */
export function ApiSummarizeEvents(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'summarizeEvents',
      summary: 'Count what became of events',
      description:
        'For reconciliation: how many events each source sent, by client, type and day of acceptance, and how they stand now. ' +
        'Your own, or those of every client for an operator. While events are accepted and delivered the figures move on: ' +
        'each event is counted once, as it stands when it is met.',
    }),
    ...PARAMETERS.map((parameter) => ApiQuery({ required: false, ...parameter })),
    ApiOkResponse({ type: EventSummaryResource, description: 'The summary.' }),
    ApiProblems(
      'invalid-parameter',
      'range-too-large',
      'unauthenticated',
      'forbidden',
      'storage-unavailable',
      'overloaded',
    ),
  );
}

const TEXT = { type: 'string', minLength: 1, maxLength: 1_000 } as const;
const MOMENT = {
  type: 'string',
  minLength: 10,
  maxLength: 35,
  pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2}))?$',
} as const;

const PARAMETERS: readonly ApiQueryOptions[] = [
  {
    name: 'from',
    schema: MOMENT,
    description:
      'Accepted at this instant (RFC 3339) or later, or on this day of the time zone or later. Left out: six days before the ' +
      'day in which the summary ends. At most 92 days.',
    example: '2026-11-22',
  },
  {
    name: 'to',
    schema: MOMENT,
    description:
      'Accepted before this instant, or before this day of the time zone begins. Left out: now. So a single day is `from` ' +
      'that day `to` the next one.',
    example: '2026-11-23',
  },
  { name: 'type', schema: TEXT, description: 'Of this event type.', example: 'CustomerPurchase' },
  { name: 'source', schema: TEXT, description: 'From this source.', example: 'store-017' },
  { name: 'client', schema: TEXT, description: 'Sent by this client; another one than yourself for operators only.' },
  {
    name: 'timeZone',
    schema: { type: 'string', minLength: 1, maxLength: 64, default: 'UTC' },
    description: 'Whose days are meant: a name from the IANA time zone database.',
    example: 'Europe/Berlin',
  },
];
