import { IntegerSetting } from '../setting-words.js';

/** How hard the gateway tries. */
export class DeliveryVariables {
  @IntegerSetting({
    default: 40,
    min: 1,
    max: 1000,
    unit: 'calls',
    about: 'How many calls may be under way at once, per application user. Dataverse allows 52 by default.',
  })
  readonly DELIVERY_CONCURRENCY!: number;

  @IntegerSetting({
    default: 10,
    min: 1,
    max: 1000,
    unit: 'events',
    about: 'How many events may travel in one $batch; 1 turns batches off.',
  })
  readonly DELIVERY_BATCH_SIZE!: number;

  @IntegerSetting({
    default: 120_000,
    min: 1000,
    max: 600_000,
    unit: 'milliseconds',
    about: 'When a call without an answer is given up. Dataverse works for up to 2 minutes: less means duplicates.',
  })
  readonly DELIVERY_TIMEOUT_MS!: number;

  @IntegerSetting({
    default: 72,
    min: 1,
    max: 8760,
    unit: 'hours',
    about: 'After this long a failing event is given up as dead, counted from acceptance or its last replay.',
  })
  readonly DELIVERY_MAX_AGE_HOURS!: number;
}
