import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Roles } from '../../access/access-rule.js';
import { ApiProblems } from '../../http/api-problems.js';
import { GatewayMetrics } from './gateway-metrics.js';

/** Metrics beside the API, for callers with an operator's key; without a key on METRICS_PORT. */
@ApiTags('Operations')
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: GatewayMetrics) {}

  @Get()
  @Roles('operator')
  @ApiOperation({ operationId: 'getMetrics', summary: 'Figures for Prometheus', description: 'Needs an operator.' })
  @ApiOkResponse({
    description: 'The Prometheus text format.',
    content: { 'text/plain': { schema: { type: 'string' } } },
  })
  @ApiProblems('unauthenticated', 'forbidden')
  async scrape(@Res() reply: FastifyReply): Promise<void> {
    await reply.header('Content-Type', this.metrics.contentType).send(await this.metrics.scrape());
  }
}
