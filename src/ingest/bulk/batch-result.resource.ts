import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { ProblemResource } from '../../http/problem.resource.js';
import { ReceiptResource } from '../receipt.resource.js';

const RESULTS = ['accepted', 'repeated', 'refused'] as const;

/** What became of one item, as the OpenAPI document describes it. */
@ApiSchema({ name: 'ItemResult', description: 'What became of one item of a request for several events.' })
export class ItemResultResource {
  @ApiProperty({
    enum: RESULTS,
    description: '`accepted`: stored; `repeated`: it was known already; `refused`: not stored, as `problem` says.',
  })
  readonly result!: (typeof RESULTS)[number];

  @ApiPropertyOptional({ type: () => ReceiptResource, description: 'Of an item accepted or repeated.' })
  readonly receipt?: ReceiptResource;

  @ApiPropertyOptional({
    type: () => ProblemResource,
    description:
      'Of a refused item, as it would be answered alone, but with 20 faults at most. Pointers begin at the item.',
  })
  readonly problem?: ProblemResource;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    description: 'Of NDJSON: the number of its line in the body, blank lines counted.',
    example: 1,
  })
  readonly line?: number;
}

/** The answer to a request for several events. */
@ApiSchema({ name: 'BatchResult', description: 'What became of each item, in the order of the items.' })
export class BatchResultResource {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Items stored by this request.', example: 2 })
  readonly accepted!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Items that were known already.', example: 0 })
  readonly repeated!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Items that were not stored.', example: 0 })
  readonly refused!: number;

  @ApiProperty({ type: () => ItemResultResource, isArray: true })
  readonly results!: readonly ItemResultResource[];
}
