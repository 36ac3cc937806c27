import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { toRfc3339 } from '../kernel/clock.js';
import type { EventStatus } from '../outbox/event-record.js';
import { EventLinks, linksOf } from './event-links.js';
import { EVENT_STATUSES } from './event-statuses.js';
import type { Receipt } from './item-outcome.js';

/** The body of a 202. */
@ApiSchema({ name: 'Receipt', description: 'The event is stored: it will be delivered, or end visibly.' })
export class ReceiptResource {
  @ApiProperty({
    format: 'uuid',
    description: 'Identifies the event here, and in Dataverse as EventId.',
    example: '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70',
  })
  readonly id!: string;

  @ApiProperty({ description: 'The event type.', example: 'CustomerPurchase' })
  readonly type!: string;

  @ApiProperty({ enum: EVENT_STATUSES, enumName: 'EventStatus', description: 'How it stands today.' })
  readonly status!: EventStatus;

  @ApiProperty({ format: 'date-time', description: 'When it was first accepted.', example: '2026-11-22T10:00:00.123Z' })
  readonly acceptedAt!: string;

  @ApiProperty({ type: () => EventLinks })
  readonly links!: EventLinks;
}

/**
 * Writes a receipt. By hand because it is the most frequent answer, and safe because ids, types, status words and
 * instants contain nothing that JSON would escape.
 */
export function renderReceipt(type: string, { id, status, acceptedAt }: Receipt): string {
  const { self, attempts } = linksOf(id);
  return `{"id":"${id}","type":"${type}","status":"${status}","acceptedAt":"${toRfc3339(acceptedAt)}","links":{"self":"${self}","attempts":"${attempts}"}}`;
}
