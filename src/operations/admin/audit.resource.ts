import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { cursorOf } from '../../http/cursor.js';
import { toRfc3339 } from '../../kernel/clock.js';
import type { AuditAction, AuditEntry } from '../../outbox/audit-store.js';

/** The actions as the contract lists them; forgetting a word here does not compile. */
const ACTIONS = Object.keys({
  'event.replay': true,
  'event.cancel': true,
  'event.erase': true,
  'gate.pause': true,
  'gate.resume': true,
  'gate.probe': true,
  'client.create': true,
  'client.rotate': true,
  'client.revoke': true,
  'client.limit': true,
  'store.backup': true,
  'store.copy': true,
} satisfies Record<AuditAction, true>);

/** One deed. */
@ApiSchema({ name: 'AuditEntry', description: 'One deed of an operator.' })
export class AuditEntryResource {
  @ApiProperty({ type: 'integer', description: 'Grows with every entry.', example: 17 })
  readonly sequence!: number;

  @ApiProperty({ format: 'date-time', example: '2026-11-22T10:00:00.000Z' })
  readonly at!: string;

  @ApiProperty({ description: "A client's name, or `cli:<login>@<host>` for a command.", example: 'operations' })
  readonly by!: string;

  @ApiProperty({ enum: ACTIONS, enumName: 'AuditAction', example: 'event.replay' })
  readonly action!: AuditAction;

  @ApiProperty({ description: 'What it was done to.', example: '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70' })
  readonly subject!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Why, or how many.', example: null })
  readonly detail!: string | null;
}

/** A page of the audit, the newest first. */
@ApiSchema({ name: 'AuditPage', description: 'A page of the audit, the newest first.' })
export class AuditPageResource {
  @ApiProperty({ type: () => AuditEntryResource, isArray: true })
  readonly entries!: readonly AuditEntryResource[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The `cursor` of the next page, or null when this is the last.',
    example: 'NDcxMQ',
  })
  readonly next!: string | null;
}

/** `limit` is the size of page that was asked for: a page that is not full is the last one. */
export function auditPageResourceOf(entries: readonly AuditEntry[], limit: number): AuditPageResource {
  const oldest = entries.at(-1);
  return {
    entries: entries.map(({ sequence, at, by, action, subject, detail }) => {
      return { sequence, at: toRfc3339(at), by, action, subject, detail };
    }),
    next: oldest === undefined || entries.length < limit ? null : cursorOf(oldest.sequence),
  };
}
