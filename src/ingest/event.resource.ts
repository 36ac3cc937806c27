import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { type EpochMs, toRfc3339 } from '../kernel/clock.js';
import type { ListedEvent } from '../outbox/event-query.js';
import type { EventRecord, EventStatus } from '../outbox/event-record.js';
import { EventLinks, linksOf } from './event-links.js';
import { EVENT_STATUSES } from './event-statuses.js';

const INSTANT = { type: String, format: 'date-time' };
const EXAMPLE_INSTANT = '2026-11-22T10:00:00.123Z';

/** An event as clients and operators read it. */
@ApiSchema({ name: 'Event', description: 'What became of an event.' })
export class EventResource {
  @ApiProperty({ format: 'uuid', example: '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70' })
  readonly id!: string;

  @ApiProperty({ example: 'CustomerPurchase' })
  readonly type!: string;

  @ApiProperty({ type: 'integer', description: "The type's version.", example: 1 })
  readonly version!: number;

  @ApiProperty({ enum: EVENT_STATUSES, enumName: 'EventStatus', example: 'delivered' })
  readonly status!: EventStatus;

  @ApiProperty({ type: String, nullable: true, description: 'Why it is dead or cancelled.', example: null })
  readonly reason!: string | null;

  @ApiProperty({ description: 'Its idempotency key.', example: 'S017-T3-20261122-000482' })
  readonly key!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Events of one ordering key are delivered in order.',
    example: null,
  })
  readonly orderingKey!: string | null;

  @ApiProperty({ description: 'Where it happened.', example: 'store-017' })
  readonly source!: string;

  @ApiProperty({ description: 'Who sent it.', example: 'pos-stores' })
  readonly client!: string;

  @ApiProperty({ ...INSTANT, example: EXAMPLE_INSTANT })
  readonly acceptedAt!: string;

  @ApiProperty({ ...INSTANT, description: 'When the next attempt may begin.', example: EXAMPLE_INSTANT })
  readonly availableAt!: string;

  @ApiProperty({ ...INSTANT, nullable: true, description: 'When Dataverse took it.', example: EXAMPLE_INSTANT })
  readonly deliveredAt!: string | null;

  @ApiProperty({
    ...INSTANT,
    nullable: true,
    description:
      'When the first receipt since acceptance or the last replay came. It proves that Dataverse raised the event to its ' +
      'asynchronous subscribers, not that any of them succeeded. Null until one comes, and for good where Dataverse sends none.',
    example: null,
  })
  readonly confirmedAt!: string | null;

  @ApiProperty({
    description:
      'Whether it is delivered, a receipt was expected in time, and none has come. A late receipt ends that, and so does a ' +
      'forced replay. False where none was expected.',
    example: false,
  })
  readonly overdue!: boolean;

  @ApiProperty({
    type: 'integer',
    description: 'Attempts that count, since acceptance or the last replay.',
    example: 1,
  })
  readonly attemptCount!: number;

  @ApiProperty({ type: () => EventLinks })
  readonly links!: EventLinks;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'Its content, with `include=data` only; null once it was cleared.',
  })
  readonly data?: unknown;
}

/** The event as it is sent, without its content. */
export function eventResourceOf(event: ListedEvent): EventResource {
  const { id, type, version, status, reason, key, orderingKey, source, client, overdue, attemptCount } = event;
  return {
    id,
    type,
    version,
    status,
    reason,
    key,
    orderingKey,
    source,
    client,
    acceptedAt: toRfc3339(event.acceptedAt),
    availableAt: toRfc3339(event.availableAt),
    deliveredAt: instantOrNull(event.deliveredAt),
    confirmedAt: instantOrNull(event.confirmedAt),
    overdue,
    attemptCount,
    links: linksOf(id),
  };
}

/** The event with its content, for who asked for it. */
export function eventWithDataOf(event: EventRecord): EventResource {
  return { ...eventResourceOf(event), data: event.data === null ? null : JSON.parse(event.data) };
}

function instantOrNull(instant: EpochMs | null): string | null {
  return instant === null ? null : toRfc3339(instant);
}
