import { ApiProperty } from '@nestjs/swagger';

/** Where an event can be read, as answers tell it: a path, so that it holds behind any proxy. */
export class EventLinks {
  @ApiProperty({ description: 'The event.', example: '/v1/events/019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70' })
  readonly self!: string;

  @ApiProperty({
    description: 'What was tried to deliver it.',
    example: '/v1/events/019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70/attempts',
  })
  readonly attempts!: string;
}

export function linksOf(id: string): EventLinks {
  const self = `/v1/events/${id}`;
  return { self, attempts: `${self}/attempts` };
}
