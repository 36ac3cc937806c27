import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Roles } from '../../access/access-rule.js';
import { GatewayMetrics } from './gateway-metrics.js';

/** Metrics beside the API, for who holds an operator's key; without one on METRICS_PORT. */
@ApiTags('Operations')
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: GatewayMetrics) {}

  @Get()
  @Roles('operator')
  @ApiOperation({ operationId: 'getMetrics', summary: 'Figures for Prometheus', description: 'Needs an operator.' })
  @ApiProduces('text/plain')
  @ApiResponse({ status: 200, description: 'The Prometheus text format.', schema: { type: 'string' } })
  async scrape(@Res() reply: FastifyReply): Promise<void> {
    await reply.header('Content-Type', this.metrics.contentType).send(await this.metrics.scrape());
  }
}
