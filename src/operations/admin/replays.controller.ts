import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Roles } from '../../access/access-rule.js';
import { principalOf } from '../../access/principal-of.js';
import { ApiProblems } from '../../http/api-problems.js';
import { readBody } from '../../http/read-body.js';
import { ReplayRequestResource, ReplayResultResource } from './replay.resource.js';
import { readReplayRequest } from './replay-request.js';
import { ReplaysService } from './replays.service.js';

/** Replays of many events at once: after an outage, after Dataverse lost data. */
@ApiTags('Operators')
@Controller('v1/replays')
@Roles('operator')
export class ReplaysController {
  constructor(private readonly replays: ReplaysService) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'replayEvents',
    summary: 'Replay events by filter',
    description:
      'In small steps, so that live traffic goes first; answered when all is done. It goes on if the caller hangs up. ' +
      'Posted again, it meets what is dead by then: what was replayed is not replayed twice, unless it was forced.',
  })
  @ApiBody({
    type: ReplayRequestResource,
    required: true,
    examples: {
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
    },
  })
  @ApiOkResponse({ type: ReplayResultResource, description: 'What it came to.' })
  @ApiProblems(
    'malformed-json',
    'invalid-request',
    'unauthenticated',
    'forbidden',
    'unsupported-media-type',
    'storage-unavailable',
    'storage-unknown',
    'shutting-down',
  )
  replay(@Req() request: FastifyRequest): Promise<ReplayResultResource> {
    return this.replays.replay(readBody(request, readReplayRequest), principalOf(request).client);
  }
}
