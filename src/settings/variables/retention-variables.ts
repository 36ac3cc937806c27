import { IntegerSetting } from '../setting-words.js';

/** How much is kept, and for how long. */
export class RetentionVariables {
  @IntegerSetting({
    default: 1_000_000,
    min: 1,
    max: 1_000_000_000,
    unit: 'events',
    about: 'With this many undelivered events no more are accepted.',
  })
  readonly BACKLOG_LIMIT!: number;

  @IntegerSetting({
    default: 30,
    min: 7,
    max: 3650,
    unit: 'days',
    about: 'How long delivered and cancelled events are kept. Repeats are recognised as long as the event is kept.',
  })
  readonly RETENTION_DAYS!: number;

  @IntegerSetting({
    min: 1,
    max: 3650,
    unit: 'days',
    example: '7',
    about: 'When the data of delivered and cancelled events is cleared, if earlier than RETENTION_DAYS.',
  })
  readonly PAYLOAD_RETENTION_DAYS!: number | null;
}
