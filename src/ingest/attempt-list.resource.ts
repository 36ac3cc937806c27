import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type { ReceiptRecord } from '../outbox/receipt.js';
import type { AttemptRecord } from '../outbox/settlement.js';
import { AttemptResource, attemptResourceOf } from './attempt.resource.js';
import { DataverseReceiptResource, dataverseReceiptResourceOf } from './dataverse-receipt.resource.js';

/** The timeline of an event: what was tried, and the receipts that Dataverse sent. */
@ApiSchema({
  name: 'AttemptList',
  description: 'The timeline of an event: what was tried, and what Dataverse told of it.',
})
export class AttemptListResource {
  @ApiProperty({ type: () => AttemptResource, isArray: true, description: 'Oldest first.' })
  readonly attempts!: readonly AttemptResource[];

  @ApiProperty({
    type: () => DataverseReceiptResource,
    isArray: true,
    description: 'Oldest first; empty where none came, and where Dataverse sends none.',
  })
  readonly receipts!: readonly DataverseReceiptResource[];
}

/** The timeline as the API and the commands send it. */
export function attemptListResourceOf(
  attempts: readonly AttemptRecord[],
  receipts: readonly ReceiptRecord[],
): AttemptListResource {
  return { attempts: attempts.map(attemptResourceOf), receipts: receipts.map(dataverseReceiptResourceOf) };
}
