import { IntegerSetting, TextSetting } from '../setting-words.js';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** How the gateway is watched and stopped. */
export class OperationsVariables {
  @IntegerSetting({
    min: 0,
    max: 65_535,
    example: '9464',
    about: 'A second port with /metrics and the probes, without credentials: keep it inside.',
  })
  readonly METRICS_PORT!: number | null;

  @TextSetting({
    default: 'info',
    expectation: `one of ${LOG_LEVELS.join(', ')}`,
    accepts: (text) => LOG_LEVELS.includes(text as LogLevel),
    about: 'From which level on lines are logged.',
  })
  readonly LOG_LEVEL!: LogLevel;

  @IntegerSetting({
    default: 25_000,
    min: 0,
    max: 600_000,
    unit: 'milliseconds',
    about: 'How long a shutdown waits for calls under way. Keep it under what the platform grants (often 30 s).',
  })
  readonly SHUTDOWN_GRACE_MS!: number;
}
