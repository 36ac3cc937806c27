import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../access/access-rule.js';
import { ApiProblems } from '../../http/api-problems.js';
import { LivenessResource, ReadinessResource } from './health.resource.js';
import { Readiness } from './readiness.js';

/** The probes of an orchestrator; open to everybody, so they say no more than they must. */
@ApiTags('Operations')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @Public()
  @ApiOperation({
    operationId: 'getLiveness',
    summary: 'Whether the process lives',
    description: 'Answers as long as the process does; restart it when it does not.',
    security: [],
  })
  @ApiOkResponse({ type: LivenessResource, description: 'It lives.' })
  @ApiProblems('malformed-request')
  live(): LivenessResource {
    return { status: 'ok' };
  }

  @Get('ready')
  @Public()
  @ApiOperation({
    operationId: 'getReadiness',
    summary: 'Whether traffic should come here',
    description:
      'The outbox can be reached and the process is not shutting down. Dataverse away is not unready: events are ' +
      'accepted all the same.',
    security: [],
  })
  @ApiOkResponse({ type: ReadinessResource, description: 'Ready.' })
  @ApiProblems('malformed-request')
  @ApiServiceUnavailableResponse({ type: ReadinessResource, description: 'Not ready: send traffic elsewhere.' })
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const report = await this.readiness.check();
    await reply
      .code(report.status === 'ok' ? 200 : 503)
      .header('Cache-Control', 'no-store')
      .send(report);
  }
}
