import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { CURSOR_SCHEMA } from '../../http/cursor.js';
import { REASON_PROPERTY } from './event-action.resource.js';

/** As a filter takes it. */
const TEXT = { minLength: 1, maxLength: 1_000 };

const INSTANT = { type: String, format: 'date-time' };

@ApiSchema({ name: 'ReplayFilter', description: 'Which events: those that fit everything given; at least one thing.' })
export class ReplayFilterResource {
  @ApiPropertyOptional({ ...TEXT, description: 'Of this event type.', example: 'CustomerPurchase' })
  readonly type?: string;

  @ApiPropertyOptional({
    enum: ['dead', 'delivered'],
    description: 'In this status; `delivered` needs `force`. Without it dead ones, and with `force` both.',
    example: 'dead',
  })
  readonly status?: 'dead' | 'delivered';

  @ApiPropertyOptional({ ...TEXT, description: 'Sent by this client.' })
  readonly client?: string;

  @ApiPropertyOptional({ ...TEXT, description: 'From this source.' })
  readonly source?: string;

  @ApiPropertyOptional({ ...TEXT, description: 'With this idempotency key.' })
  readonly key?: string;

  @ApiPropertyOptional({ ...TEXT, description: 'With this ordering key.' })
  readonly orderingKey?: string;

  @ApiPropertyOptional({ ...INSTANT, description: 'Accepted at this instant or later.' })
  readonly from?: string;

  @ApiPropertyOptional({ ...INSTANT, description: 'Accepted before this instant.' })
  readonly to?: string;

  @ApiPropertyOptional({ enum: [true], description: 'Only those that hold back their ordering key.' })
  readonly blocking?: true;

  @ApiPropertyOptional({
    enum: [true],
    description: 'Only delivered events whose receipt is overdue; needs `force`.',
  })
  readonly overdue?: true;
}

@ApiSchema({ name: 'ReplayRequest', description: 'A replay by filter.' })
export class ReplayRequestResource {
  @ApiProperty({ type: () => ReplayFilterResource, minProperties: 1 })
  readonly filter!: ReplayFilterResource;

  @ApiPropertyOptional({ default: false, description: 'Delivered events too: each reaches Dataverse again.' })
  readonly force?: boolean;

  @ApiPropertyOptional({ default: false, description: 'Only tells how many events it would be.', example: true })
  readonly dryRun?: boolean;

  @ApiPropertyOptional(REASON_PROPERTY)
  readonly reason?: string;

  @ApiPropertyOptional({
    ...CURSOR_SCHEMA,
    description: 'Where a replay that was cut off goes on: its answer names it.',
  })
  readonly after?: string;
}

@ApiSchema({ name: 'ReplayResult', description: 'What a replay by filter came to.' })
export class ReplayResultResource {
  @ApiProperty({
    type: 'integer',
    description: 'How many events were, or with `dryRun` would be, replayed.',
    example: 12,
  })
  readonly count!: number;

  @ApiProperty({ description: 'Whether nothing was changed.', example: true })
  readonly dryRun!: boolean;
}
