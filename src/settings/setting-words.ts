/**
 * The words that settings are declared in. Each expands to class-validator's rule and to the declaration that
 * `.env.example` and the documentation are made from, so that neither can differ from what is accepted.
 */
import 'reflect-metadata';
import { ValidateBy, ValidateIf } from 'class-validator';
import { recordSetting, type SettingDeclaration } from './setting-declaration.js';

/** A path; whether the file can be read is checked when it is read. */
export const PATH = { expectation: 'the path of a file', accepts: (text: string) => !text.includes('\0') };

/** Any text is accepted: only the other side can tell whether it is right. */
export const TEXT = { expectation: 'text', accepts: () => true };

/** The options of every setting word. */
export interface SettingOptions {
  readonly about: string;
  readonly example?: string;
  /** Never shown, not even in part. */
  readonly secret?: boolean;
}

interface Rule {
  readonly kind: SettingDeclaration['kind'];
  readonly expectation: string;
  readonly accepts: (value: unknown) => boolean;
  readonly default: string | null;
}

/** Any text the `accepts` rule takes; `expectation` is read after "must be". */
export function TextSetting(
  options: SettingOptions & {
    readonly default?: string;
    readonly expectation: string;
    readonly accepts: (text: string) => boolean;
  },
): PropertyDecorator {
  const { expectation, accepts } = options;
  return declare(options, {
    kind: 'text',
    expectation,
    accepts: (value) => typeof value === 'string' && accepts(value),
    default: options.default ?? null,
  });
}

/** A whole number within bounds, both included; `unit` such as "milliseconds". */
export function IntegerSetting(
  options: SettingOptions & {
    readonly default?: number;
    readonly min: number;
    readonly max: number;
    readonly unit?: string;
  },
): PropertyDecorator {
  const { min, max, unit } = options;
  return declare(options, {
    kind: 'integer',
    expectation: `a whole number from ${min} to ${max}${unit === undefined ? '' : ` (${unit})`}`,
    accepts: (value) => Number.isSafeInteger(value) && min <= Number(value) && Number(value) <= max,
    default: options.default === undefined ? null : String(options.default),
  });
}

/** `true` or `false`, spelt exactly so: "yes" or "1" is reported as a fault, not guessed. */
export function FlagSetting(options: SettingOptions & { readonly default: boolean }): PropertyDecorator {
  return declare(options, {
    kind: 'flag',
    expectation: 'true or false',
    accepts: (value) => typeof value === 'boolean',
    default: String(options.default),
  });
}

function declare(options: SettingOptions, rule: Rule): PropertyDecorator {
  const { about, example = null, secret = false } = options;
  const { kind, expectation, accepts } = rule;
  return (prototype, property) => {
    const name = String(property);
    recordSetting(prototype, {
      name,
      kind,
      about,
      expectation,
      default: rule.default,
      example,
      secret,
    });
    ValidateIf((_settings, value) => value !== null)(prototype, property);
    const validator = { validate: accepts, defaultMessage: () => `must be ${expectation}` };
    ValidateBy({ name: kind, validator })(prototype, name);
  };
}
