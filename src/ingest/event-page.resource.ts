import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { cursorOf } from '../http/cursor.js';
import type { EventPage } from '../outbox/event-query.js';
import { EventResource, eventResourceOf } from './event.resource.js';

/** A page of events, the newest first. */
@ApiSchema({ name: 'EventPage', description: 'A page of events, the newest first.' })
export class EventPageResource {
  @ApiProperty({ type: () => EventResource, isArray: true })
  readonly events!: readonly EventResource[];

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'The `cursor` of the next page, or null when this is the last. A page may be short, or empty, and still have a next ' +
      'one: it looks at a bounded number of events.',
    example: 'NDcxMQ',
  })
  readonly next!: string | null;
}

/** The page as the API and the commands send it. */
export function eventPageResourceOf({ events, next }: EventPage): EventPageResource {
  return { events: events.map(eventResourceOf), next: next === null ? null : cursorOf(next) };
}
