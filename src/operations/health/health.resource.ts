import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type { Phase } from '../lifecycle.js';

/** As long as this is answered, the process lives. */
@ApiSchema({ name: 'Liveness', description: 'The process lives.' })
export class LivenessResource {
  @ApiProperty({ enum: ['ok'], example: 'ok' })
  readonly status!: 'ok';
}

@ApiSchema({ name: 'ReadinessChecks', description: 'What readiness hangs on.' })
export class ReadinessChecks {
  @ApiProperty({ enum: ['up', 'down'], description: 'Whether the store answers.', example: 'up' })
  readonly outbox!: 'up' | 'down';

  @ApiProperty({ enum: ['starting', 'serving', 'stopping'], example: 'serving' })
  readonly process!: Phase;
}

/** Whether traffic should come here, and what stands in the way. */
@ApiSchema({ name: 'Readiness', description: 'Whether traffic should come here.' })
export class ReadinessResource {
  @ApiProperty({ enum: ['ok', 'unavailable'], example: 'ok' })
  readonly status!: 'ok' | 'unavailable';

  @ApiProperty({ type: () => ReadinessChecks })
  readonly checks!: ReadinessChecks;
}
