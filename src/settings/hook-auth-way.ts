import { pointerTo } from '../kernel/json-pointer.js';
import { isObject, type JsonPlace, readHookSecret, type SecretRule } from './hook-secret.js';

/** A header or a pair of the query, with its secret. */
export interface HookSecret {
  readonly name: string;
  readonly value: string;
}

/** A way in which Dataverse proves to the gateway who calls: the words of `authentication` in an endpoints file. */
export type HookAuth =
  /** All of them have to be there. */
  | { readonly kind: 'http-header'; readonly headers: readonly HookSecret[] }
  /** Sent as `?code=<key>`. */
  | { readonly kind: 'webhook-key'; readonly key: string }
  | { readonly kind: 'query-string'; readonly parameters: readonly HookSecret[] }
  /** Whoever calls. */
  | { readonly kind: 'anonymous' };

/** Reads one way; null where something is wrong with it, of which `onFault` was told. */
export function readWay(value: unknown, context: JsonPlace): HookAuth | null {
  const { pointer, onFault } = context;
  if (!isObject(value)) {
    onFault(pointer, 'must be a JSON object, or a list of them, such as { "kind": "webhook-key", "key": "..." }');
    return null;
  }
  const { kind } = value;
  if (!isKind(kind)) {
    onFault(`${pointer}/kind`, `must be one of ${Object.keys(MEMBER).join(', ')}`);
    return null;
  }
  for (const name of Object.keys(value)) {
    if (name !== 'kind' && name !== MEMBER[kind]) onFault(pointerTo(pointer, name), `is not known with "${kind}"`);
  }
  return wayOf(kind, value, context);
}

/** Which member holds the secrets of each kind. */
const MEMBER = {
  'http-header': 'headers',
  'webhook-key': 'key',
  'query-string': 'parameters',
  anonymous: null,
} as const;

function wayOf(kind: HookAuth['kind'], value: Readonly<Record<string, unknown>>, context: JsonPlace): HookAuth | null {
  if (kind === 'anonymous') return { kind };
  if (kind === 'webhook-key') {
    const key = readHookSecret(value.key, PRINTABLE, { ...context, pointer: `${context.pointer}/key` });
    return key === null ? null : { kind, key };
  }
  if (kind === 'http-header') {
    const headers = readPairs(value.headers, HEADER, { ...context, pointer: `${context.pointer}/headers` });
    return headers === null ? null : { kind, headers };
  }
  const parameters = readPairs(value.parameters, PARAMETER, { ...context, pointer: `${context.pointer}/parameters` });
  return parameters === null ? null : { kind, parameters };
}

interface PairRule {
  readonly isName: (name: string) => boolean;
  readonly nameFault: string;
  readonly secret: SecretRule;
}

/** Dataverse keeps no more of all of a webhook's secrets together. */
const MOST_CHARACTERS = 2048;

const PRINTABLE: SecretRule = {
  accepts: (text) => /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(text) && text.length <= MOST_CHARACTERS,
  expectation: `must be 1 to ${MOST_CHARACTERS} characters of printable ASCII without a space at either end`,
};

const VISIBLE: SecretRule = {
  accepts: (text) => text !== '' && !/\p{C}/u.test(text) && text.length <= MOST_CHARACTERS,
  expectation: `must be 1 to ${MOST_CHARACTERS} characters without control characters`,
};

/** What Dataverse, HTTP or a proxy says in a request. */
const RESERVED =
  /^(x-ms-dynamics-.*|x-ms-correlation-request-id|content-.*|host|connection|transfer-encoding|expect|cookie)$/i;

const HEADER: PairRule = {
  isName: (name) => /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$/.test(name) && !RESERVED.test(name),
  nameFault: 'is not the name of a header, or of one that Dataverse itself sends',
  secret: PRINTABLE,
};

const PARAMETER: PairRule = {
  isName: (name) => /^[^\s\p{C}]{1,256}$/u.test(name),
  nameFault: 'is not the name of a query parameter',
  secret: VISIBLE,
};

function readPairs(value: unknown, rule: PairRule, context: JsonPlace): readonly HookSecret[] | null {
  const { pointer, onFault } = context;
  if (!isObject(value) || Object.keys(value).length === 0) {
    onFault(pointer, 'must be an object with at least one name and its secret');
    return null;
  }
  const entries = Object.entries(value);
  const pairs = entries.flatMap(([name, secret]) => {
    const place = { ...context, pointer: pointerTo(pointer, name) };
    if (!rule.isName(name)) onFault(place.pointer, rule.nameFault);
    const text = readHookSecret(secret, rule.secret, place);
    return text === null ? [] : [{ name, value: text }];
  });
  const isRepeated = rule === HEADER && new Set(entries.map(([name]) => name.toLowerCase())).size < entries.length;
  if (isRepeated) onFault(pointer, 'must not name a header twice; upper and lower case make no difference');
  return pairs.length === entries.length ? pairs : null;
}

function isKind(value: unknown): value is HookAuth['kind'] {
  return typeof value === 'string' && Object.hasOwn(MEMBER, value);
}
