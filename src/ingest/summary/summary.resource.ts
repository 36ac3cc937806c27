import { ApiProperty, ApiSchema, IntersectionType } from '@nestjs/swagger';
import { type EpochMs, toRfc3339 } from '../../kernel/clock.js';
import { type SummaryRow, sumOf } from './running-count.js';
import type { SummaryRequest } from './summary-request.js';

const COUNT = { type: 'integer', minimum: 0 } as const;
const INSTANT = { type: String, format: 'date-time' };

/** How many events were accepted, and their status now. */
@ApiSchema({ name: 'EventCounts', description: 'How many events were accepted, and how they stand now.' })
export class EventCountsResource {
  @ApiProperty({
    ...COUNT,
    description: 'All of them: the sum of pending, delivered, dead and cancelled.',
    example: 412,
  })
  readonly accepted!: number;

  @ApiProperty({ ...COUNT, description: 'Waiting for delivery, or being delivered.', example: 3 })
  readonly pending!: number;

  @ApiProperty({ ...COUNT, description: 'Taken by Dataverse.', example: 408 })
  readonly delivered!: number;

  @ApiProperty({ ...COUNT, description: 'Of those delivered: confirmed by a receipt.', example: 0 })
  readonly confirmed!: number;

  @ApiProperty({ ...COUNT, description: 'Given up; the events themselves say why.', example: 1 })
  readonly dead!: number;

  @ApiProperty({ ...COUNT, description: 'Ended by an operator.', example: 0 })
  readonly cancelled!: number;
}

class SummaryGroup {
  @ApiProperty({
    type: String,
    format: 'date',
    description: 'The day of acceptance in the time zone of the summary.',
    example: '2026-11-22',
  })
  readonly day!: string;

  @ApiProperty({ description: 'Who sent them.', example: 'pos-stores' })
  readonly client!: string;

  @ApiProperty({ description: 'Where they happened.', example: 'store-017' })
  readonly source!: string;

  @ApiProperty({ description: 'The event type.', example: 'CustomerPurchase' })
  readonly type!: string;
}

/** The events of one day, client, source and type. */
@ApiSchema({ name: 'EventSummaryRow', description: 'The events of one day, client, source and type.' })
export class SummaryRowResource extends IntersectionType(SummaryGroup, EventCountsResource) {}

/** What became of the events that were accepted in a stretch of time. */
@ApiSchema({
  name: 'EventSummary',
  description: 'What became of the events that were accepted in a stretch of time.',
})
export class EventSummaryResource {
  @ApiProperty({ ...INSTANT, description: 'Counted from here.', example: '2026-11-21T23:00:00.000Z' })
  readonly from!: string;

  @ApiProperty({ ...INSTANT, description: 'Counted up to here, and no further.', example: '2026-11-22T23:00:00.000Z' })
  readonly to!: string;

  @ApiProperty({ description: 'Whose days these are.', example: 'Europe/Berlin' })
  readonly timeZone!: string;

  @ApiProperty({
    ...INSTANT,
    description:
      'From here on nothing is missing: `from`, where retention keeps events long enough. Of those accepted earlier, what ' +
      'was delivered or cancelled may have been removed and is not counted.',
    example: '2026-11-21T23:00:00.000Z',
  })
  readonly completeFrom!: string;

  @ApiProperty({ type: () => EventCountsResource, description: 'All rows together.' })
  readonly total!: EventCountsResource;

  @ApiProperty({
    type: () => SummaryRowResource,
    isArray: true,
    description: 'In the order of day, client, source and type; nothing stands here for who sent nothing.',
  })
  readonly rows!: readonly SummaryRowResource[];
}

/** The summary as it is sent. `keptSince`: no event accepted at this instant or later has been removed. */
export function eventSummaryResourceOf(
  { filter, zone }: SummaryRequest,
  rows: readonly SummaryRow[],
  keptSince: EpochMs,
): EventSummaryResource {
  const completeFrom = Math.min(Math.max(filter.from, keptSince), filter.to);
  return {
    from: toRfc3339(filter.from),
    to: toRfc3339(filter.to),
    timeZone: zone.name,
    completeFrom: toRfc3339(completeFrom),
    total: sumOf(rows),
    rows: rows.map(rowResourceOf),
  };
}

function rowResourceOf(row: SummaryRow): SummaryRowResource {
  const { day, client, source, type, accepted, pending, delivered, confirmed, dead, cancelled } = row;
  return { day, client, source, type, accepted, pending, delivered, confirmed, dead, cancelled };
}
