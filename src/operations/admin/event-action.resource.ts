import { ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';

/** Why an operator acts: an optional member of every action. */
export const REASON_PROPERTY = {
  minLength: 1,
  maxLength: 500,
  description: 'Why; stands in the audit.',
  example: 'The customer was missing in Dataverse; it is there now.',
};

@ApiSchema({ name: 'ReplayEventRequest', description: 'How to replay an event; nothing has to be said.' })
export class ReplayEventRequest {
  @ApiPropertyOptional({
    default: false,
    description: 'A delivered event too: it reaches Dataverse again.',
    example: false,
  })
  readonly force?: boolean;

  @ApiPropertyOptional(REASON_PROPERTY)
  readonly reason?: string;
}

@ApiSchema({ name: 'CancelRequest', description: 'Why to cancel an event; nothing has to be said.' })
export class CancelRequest {
  @ApiPropertyOptional(REASON_PROPERTY)
  readonly reason?: string;
}
