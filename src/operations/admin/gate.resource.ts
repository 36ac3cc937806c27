import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { type GateState, shownState } from '../../delivery/gate.js';
import { type EpochMs, toRfc3339 } from '../../kernel/clock.js';
import type { GateCause, GateRecord } from '../../outbox/gate-store.js';
import { REASON_PROPERTY } from './event-action.resource.js';

/** The causes as the contract lists them; forgetting a word here does not compile. */
const CAUSES = Object.keys({
  throttled: true,
  unauthorized: true,
  forbidden: true,
  misconfigured: true,
  unavailable: true,
  drift: true,
} satisfies Record<GateCause, true>);

const STATES = Object.keys({ open: true, closed: true, probing: true } satisfies Record<GateState, true>);

const INSTANT_OR_NULL = { type: String, format: 'date-time', nullable: true };

@ApiSchema({ name: 'GatePause', description: "An operator's pause; ends only by an operator." })
class GatePauseResource {
  @ApiProperty({ description: 'Who paused it.', example: 'operations' })
  readonly by!: string;

  @ApiProperty({ description: 'Why.', example: 'Dataverse is being upgraded.' })
  readonly reason!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-22T10:00:00.000Z' })
  readonly since!: string;
}

/** A gate as operators see it. */
@ApiSchema({ name: 'Gate', description: 'What stands before an application user, an event type, or a pair of them.' })
export class GateResource {
  @ApiProperty({ example: 'type:CustomerPurchase' })
  readonly name!: string;

  @ApiProperty({ enum: STATES, description: 'Beside a pause: what is paused may be open.', example: 'closed' })
  readonly state!: GateState;

  @ApiProperty({
    type: String,
    enum: [...CAUSES, null],
    nullable: true,
    description: 'Why it closed.',
    example: 'misconfigured',
  })
  readonly cause!: GateCause | null;

  @ApiProperty({ type: String, nullable: true, description: 'What happened, in words.', example: 'status 404' })
  readonly detail!: string | null;

  @ApiProperty({
    ...INSTANT_OR_NULL,
    description: 'Until when nothing passes; null while it is open.',
    example: '2026-11-22T10:00:30.000Z',
  })
  readonly closedUntil!: string | null;

  @ApiProperty({ type: 'integer', description: 'Closings in a row without a delivered event between.', example: 1 })
  readonly closings!: number;

  @ApiProperty({ description: 'Whether an operator lets nothing pass.', example: false })
  readonly paused!: boolean;

  @ApiProperty({ type: () => GatePauseResource, nullable: true })
  readonly pause!: GatePauseResource | null;

  @ApiProperty({ ...INSTANT_OR_NULL, description: 'Null where it never changed.', example: '2026-11-22T10:00:00.000Z' })
  readonly changedAt!: string | null;
}

@ApiSchema({ name: 'GateList', description: 'Every gate there is, by name.' })
export class GateListResource {
  @ApiProperty({ type: () => GateResource, isArray: true })
  readonly gates!: readonly GateResource[];
}

@ApiSchema({ name: 'GateChange', description: 'To pause a gate, or to let it go on.' })
export class GateChangeRequest {
  @ApiProperty({ description: 'True: nothing passes until it is set to false again.', example: true })
  readonly paused!: boolean;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 500,
    description: 'Why; required to pause. Shown with the gate, and stands in the audit.',
    example: 'Dataverse is being upgraded.',
  })
  readonly reason?: string;
}

@ApiSchema({ name: 'GateProbeRequest', description: 'Why to probe a gate; nothing has to be said.' })
export class GateProbeRequest {
  @ApiPropertyOptional(REASON_PROPERTY)
  readonly reason?: string;
}

/** The gate as the API and the commands send it; its state is judged at `now`, by the store's clock. */
export function gateResourceOf(gate: GateRecord, now: EpochMs): GateResource {
  const { name, cause, detail, closedUntil, closings, pause, changedAt, revision } = gate;
  const state = shownState(gate, now);
  return {
    name,
    state,
    cause,
    detail,
    closedUntil: closedUntil === null || state === 'open' ? null : toRfc3339(closedUntil),
    closings,
    paused: pause !== null,
    pause: pause === null ? null : { by: pause.by, reason: pause.reason, since: toRfc3339(pause.since) },
    changedAt: revision === 0 ? null : toRfc3339(changedAt),
  };
}
