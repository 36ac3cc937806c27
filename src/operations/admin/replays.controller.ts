import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Roles } from '../../access/access-rule.js';
import { principalOf } from '../../access/principal-of.js';
import { readBody } from '../../http/read-body.js';
import { ApiReplayEvents } from './api-replay-events.js';
import type { ReplayResultResource } from './replay.resource.js';
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
  @ApiReplayEvents()
  replay(@Req() request: FastifyRequest): Promise<ReplayResultResource> {
    return this.replays.replay(readBody(request, readReplayRequest), principalOf(request).client);
  }
}
