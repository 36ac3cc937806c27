import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { toRfc3339 } from '../kernel/clock.js';
import type { AttemptRecord, OutcomeWord } from '../outbox/settlement.js';

/** The outcome words as the contract lists them; forgetting a word here does not compile. */
const OUTCOMES = Object.keys({
  delivered: true,
  throttled: true,
  unauthorized: true,
  forbidden: true,
  misconfigured: true,
  unavailable: true,
  uncertain: true,
  transient: true,
  conflicted: true,
  rejected: true,
} satisfies Record<OutcomeWord, true>);

const TEXT_OR_NULL = { type: String, nullable: true };

/** One line of an event's timeline. */
@ApiSchema({ name: 'Attempt', description: 'One attempt to deliver an event.' })
export class AttemptResource {
  @ApiProperty({ type: 'integer', description: 'Counts every attempt, given-back ones too.', example: 1 })
  readonly number!: number;

  @ApiProperty({ enum: OUTCOMES, description: 'What it came to.', example: 'delivered' })
  readonly outcome!: OutcomeWord;

  @ApiProperty({ description: 'False where the attempt was given back.', example: true })
  readonly counted!: boolean;

  @ApiProperty({ format: 'date-time', example: '2026-11-22T10:00:00.128Z' })
  readonly startedAt!: string;

  @ApiProperty({ type: 'integer', description: 'Milliseconds.', example: 41 })
  readonly durationMs!: number;

  @ApiProperty({
    description: 'Client id of the application user that sent it.',
    example: 'b7c1d8f0-3c1e-4a55-9c6a-8d9f5f1e2a33',
  })
  readonly applicationUser!: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Null where no answer came.', example: 204 })
  readonly httpStatus!: number | null;

  @ApiProperty({ ...TEXT_OR_NULL, description: "Dataverse's or the transport's error code.", example: null })
  readonly errorCode!: string | null;

  @ApiProperty({ ...TEXT_OR_NULL, description: 'What happened, in words.', example: null })
  readonly detail!: string | null;

  @ApiProperty({ ...TEXT_OR_NULL, description: "For Dataverse's support.", example: null })
  readonly serviceRequestId!: string | null;

  @ApiProperty({
    ...TEXT_OR_NULL,
    format: 'date-time',
    description: 'When the next attempt may begin; null where this one was the last.',
    example: null,
  })
  readonly nextAttemptAt!: string | null;
}

export function attemptResourceOf({ startedAt, nextAttemptAt, ...attempt }: AttemptRecord): AttemptResource {
  const { number, outcome, counted, durationMs, applicationUser, httpStatus, errorCode, detail, serviceRequestId } =
    attempt;
  return {
    number,
    outcome,
    counted,
    startedAt: toRfc3339(startedAt),
    durationMs,
    applicationUser,
    httpStatus,
    errorCode,
    detail,
    serviceRequestId,
    nextAttemptAt: nextAttemptAt === null ? null : toRfc3339(nextAttemptAt),
  };
}
