import { ENVELOPE_PARAMETERS } from '../../contract/custom-api.js';
import { ParameterType } from '../../contract/parameter-type.js';
import type { RegisteredApi, RegisteredParameter } from './registered-api.js';
import type { Remark } from './remark.js';

/** The parameters with a role in the gateway, by their unique names. */
export interface Roles {
  readonly key: string;
  readonly source: string | null;
  readonly orderingKey: string | null;
}

/**
 * What the caller asked for: a parameter or the field it becomes; null where it is to be found, `false` where there is
 * none.
 */
export interface AskedRoles {
  readonly key: string | null;
  readonly source: string | false | null;
  readonly orderingKey: string | null;
}

export type RolesVerdict =
  | { readonly kind: 'chosen'; readonly roles: Roles }
  | { readonly kind: 'refused'; readonly refusals: readonly Remark[] };

/** Words that name a place, the most likely first. */
const PLACES = ['Source', 'Store', 'Shop', 'Branch', 'Site', 'Location', 'Warehouse', 'Plant', 'Company', 'Terminal'];

/**
 * Where key and source were not given, finds them by their names: the key by the names of the event, in `names`. Both
 * have to be required texts.
 */
export function chooseRoles(api: RegisteredApi, names: string, asked: AskedRoles): RolesVerdict {
  const texts = api.parameters.filter(isRequiredText).map(({ uniqueName }) => uniqueName);
  const about = api.uniqueName;
  const named = [
    ['--key', asked.key],
    ['--source', asked.source === false ? null : asked.source],
    ['--ordering-key', asked.orderingKey],
  ] as const;
  const unknown = named.flatMap(([option, name]) =>
    name === null || find(texts, name) !== null ? [] : [notAText(about, option, texts)],
  );
  if (unknown.length > 0) return { kind: 'refused', refusals: unknown };
  const key = asked.key === null ? likeliestKey(texts, names) : find(texts, asked.key);
  if (key === null) return { kind: 'refused', refusals: [noKey(about, texts)] };
  const orderingKey = asked.orderingKey === null ? null : find(texts, asked.orderingKey);
  return { kind: 'chosen', roles: { key, source: sourceAmong(texts, key, asked.source), orderingKey } };
}

function isRequiredText({ uniqueName, type, isOptional }: RegisteredParameter): boolean {
  return type === ParameterType.String && !isOptional && !ENVELOPE_PARAMETERS.includes(uniqueName);
}

/** Accepts the name of the parameter or of the field. */
function find(texts: readonly string[], name: string): string | null {
  return texts.find((text) => text === name || text === name.charAt(0).toUpperCase() + name.slice(1)) ?? null;
}

/** `PurchaseId` for a CustomerPurchase; null where several are equally likely. */
function likeliestKey(texts: readonly string[], names: string): string | null {
  const ranked = texts
    .filter((text) => /(Id|Number)$/.test(text))
    .map((text) => ({ text, rank: likeness(text, names) }))
    .sort((one, other) => other.rank - one.rank);
  const [first, second] = ranked;
  return first === undefined || first.rank === second?.rank ? null : first.text;
}

function likeness(text: string, names: string): number {
  const thing = text.replace(/(Id|Number)$/, '');
  return (thing !== '' && names.includes(thing) ? 2 : 0) + (text.endsWith('Id') ? 1 : 0);
}

function sourceAmong(texts: readonly string[], key: string, asked: string | false | null): string | null {
  if (asked === false) return null;
  if (asked !== null) return find(texts, asked);
  const others = texts.filter((text) => text !== key);
  const likely = PLACES.flatMap((place) => others.filter((text) => new RegExp(`^${place}(?![a-z])`).test(text)));
  return likely[0] ?? null;
}

function notAText(about: string, option: string, texts: readonly string[]): Remark {
  return {
    about,
    what: `${option} names no required String parameter of it`,
    why: 'A key, a source and an ordering key are texts that every event has.',
    advice: choices(texts),
  };
}

function noKey(about: string, texts: readonly string[]): Remark {
  return {
    about,
    what: 'which parameter identifies an event cannot be told from the names',
    why: 'Every event has a key: repeats are recognised by it, and people find events by it.',
    advice: texts.length === 0 ? choices(texts) : `Name it with --key. ${choices(texts)}`,
  };
}

function choices(texts: readonly string[]): string {
  return texts.length === 0
    ? 'It has no required String parameter: give a new custom API one and import that, or write the definition by hand.'
    : `Required String parameters: ${texts.join(', ')}.`;
}
