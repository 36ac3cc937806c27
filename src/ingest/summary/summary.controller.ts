import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalOf } from '../../access/principal-of.js';
import { callerLeaves } from '../../http/caller-leaves.js';
import { readQuery } from '../../http/read-query.js';
import { Clock } from '../../kernel/clock.js';
import { objectOf } from '../../kernel/json-reader.js';
import { Outbox } from '../../outbox/outbox.js';
import { onlyOwn } from '../only-own.js';
import { RetentionAge } from '../retention-age.js';
import { ApiSummarizeEvents } from './api-summarize-events.js';
import { countByDay } from './count-by-day.js';
import type { SummaryLimits } from './running-count.js';
import { type EventSummaryResource, eventSummaryResourceOf } from './summary.resource.js';
import { SUMMARY_READERS } from './summary-readers.js';
import { summaryRequest } from './summary-request.js';
import { SummaryTurns } from './summary-turns.js';

/** Two million events take the store two seconds, spread over six; ten thousand rows are three megabytes. */
const LIMITS: SummaryLimits = { events: 2_000_000, rows: 10_000 };

const readParameters = objectOf(SUMMARY_READERS);

/** Reconciliation: what was sent, and what became of it, in figures. A publisher sees its own. */
@ApiTags('Events')
@Controller('v1/events/summary')
export class SummaryController {
  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly turns: SummaryTurns,
    private readonly retention: RetentionAge,
  ) {}

  @Get()
  @ApiSummarizeEvents()
  async summarize(
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EventSummaryResource> {
    const principal = principalOf(request);
    const now = this.clock.now();
    const wanted = summaryRequest(onlyOwn(readQuery(query, readParameters), principal), now);
    const { outbox, turns } = this;
    const gone = callerLeaves(request, reply);
    const step = async <T>(work: () => Promise<T>) => {
      gone.throwIfAborted();
      return turns.step(work);
    };
    const rows = await turns.admit(principal.client, () => countByDay(wanted, { outbox, limits: LIMITS, step }));
    return eventSummaryResourceOf(wanted, rows, now - this.retention.ms);
  }
}
