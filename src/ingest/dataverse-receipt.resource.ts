import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { toRfc3339 } from '../kernel/clock.js';
import type { ReceiptChannel, ReceiptRecord } from '../outbox/receipt.js';

/** The words of the contract; forgetting one here does not compile. */
const CHANNELS = Object.keys({ webhook: true, 'service-bus': true } satisfies Record<ReceiptChannel, true>);

const RESULTS = Object.keys({
  confirmed: true,
  accompanying: true,
  duplicate: true,
  outdated: true,
} satisfies Record<ReceiptRecord['result'], true>);

const TEXT_OR_NULL = { type: String, nullable: true };

/** Dataverse's word that it raised an event, as the timeline shows it. Not the `Receipt` of a 202, which is the gateway's. */
@ApiSchema({
  name: 'DataverseReceipt',
  description: "Dataverse's word that it raised the event to a step of the gateway's.",
})
export class DataverseReceiptResource {
  @ApiProperty({ format: 'date-time', description: 'When it came.', example: '2026-11-22T10:00:00.412Z' })
  readonly receivedAt!: string;

  @ApiProperty({ enum: CHANNELS, description: 'How it came.', example: 'webhook' })
  readonly channel!: ReceiptChannel;

  @ApiProperty({
    enum: RESULTS,
    description:
      '`confirmed`: the first proof since acceptance or the last replay. `accompanying`: the same raising, told by another ' +
      'step. `duplicate`: another operation ran the same step, so Dataverse raised the event more than once. `outdated`: ' +
      'raised before the event was last replayed.',
    example: 'confirmed',
  })
  readonly result!: ReceiptRecord['result'];

  @ApiProperty({ description: 'Id of the step that was run.', example: '4c9f1a02-7d1b-4f0e-9a55-0d2c8f3b6e11' })
  readonly step!: string;

  @ApiProperty({
    description: 'Id of the system job that ran it, a row of `asyncoperations`.',
    example: '9be0c5d3-1f62-ec11-8f8f-000d3a1c5d70',
  })
  readonly operation!: string;

  @ApiProperty({
    ...TEXT_OR_NULL,
    format: 'date-time',
    description: "When that job was made, by Dataverse's clock; null where it was not told.",
    example: '2026-11-22T10:00:00.000Z',
  })
  readonly operationAt!: string | null;

  @ApiProperty({ ...TEXT_OR_NULL, description: "Dataverse's id of the request that raised it.", example: null })
  readonly requestId!: string | null;

  @ApiProperty({ ...TEXT_OR_NULL, description: "For Dataverse's support.", example: null })
  readonly correlationId!: string | null;

  @ApiProperty({
    description: 'Whether Dataverse removed the content because it was too large to be sent.',
    example: false,
  })
  readonly stripped!: boolean;
}

/** The receipt as the API and the commands send it. */
export function dataverseReceiptResourceOf(receipt: ReceiptRecord): DataverseReceiptResource {
  const { receivedAt, channel, result, step, operation, operationAt, requestId, correlationId, stripped } = receipt;
  return {
    receivedAt: toRfc3339(receivedAt),
    channel,
    result,
    step,
    operation,
    operationAt: operationAt === null ? null : toRfc3339(operationAt),
    requestId,
    correlationId,
    stripped,
  };
}
