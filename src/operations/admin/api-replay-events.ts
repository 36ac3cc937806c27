import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiProblems } from '../../http/api-problems.js';
import { ReplayRequestResource, ReplayResultResource } from './replay.resource.js';

/** Documents the replay of many events at once. */
export function ApiReplayEvents(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'replayEvents',
      summary: 'Replay events by filter',
      description:
        'In small steps, so that live traffic goes first; answered when all is done. It goes on if the caller hangs up. ' +
        'Posted again, it meets what is dead by then: what was replayed is not replayed twice, unless it was forced.',
    }),
    ApiBody({
      type: ReplayRequestResource,
      required: true,
      examples: EXAMPLES,
    }),
    ApiOkResponse({ type: ReplayResultResource, description: 'What it came to.' }),
    ApiProblems(
      'malformed-json',
      'invalid-request',
      'unauthenticated',
      'forbidden',
      'unsupported-media-type',
      'storage-unavailable',
      'storage-unknown',
      'shutting-down',
    ),
  );
}

const EXAMPLES = {
  dryRun: {
    summary: 'How many would it be?',
    value: { filter: { type: 'CustomerPurchase', status: 'dead' }, dryRun: true },
  },
  replay: {
    summary: 'Everything that died in an outage',
    value: {
      filter: { status: 'dead', from: '2026-11-22T02:00:00Z', to: '2026-11-22T04:00:00Z' },
      reason: 'The plug-in that refused everything is repaired.',
    },
  },
  overdue: {
    summary: 'Everything that Dataverse took and never told of',
    value: {
      filter: { overdue: true, from: '2026-11-22T02:00:00Z', to: '2026-11-22T04:00:00Z' },
      force: true,
      reason: 'The asynchronous service lost what was raised in that night.',
    },
  },
};
