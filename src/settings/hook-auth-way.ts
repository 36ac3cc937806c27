import type { HookAuth, HookSecret } from '../kernel/hook-auth.js';
import { byKind, entriesOf, judged, mapped, refused } from '../kernel/json-combinators.js';
import { type JsonReader, objectOf, oneOf } from '../kernel/json-reader.js';
import { type SecretRule, type SecretSources, secretReader } from './secret-reader.js';

/** Reads one way to authenticate; HOOK_AUTH_FILE and `authentication` in an endpoints file have the same form. */
export function hookAuthReader(sources: SecretSources): JsonReader<HookAuth> {
  return byKind<HookAuth>({
    'http-header': objectOf({ kind: oneOf('http-header'), headers: headersReader(sources) }, ['kind', 'headers']),
    'webhook-key': objectOf({ kind: oneOf('webhook-key'), key: secretReader(sources, PRINTABLE) }, ['kind', 'key']),
    'query-string': objectOf({ kind: oneOf('query-string'), parameters: parametersReader(sources) }, [
      'kind',
      'parameters',
    ]),
    anonymous: objectOf({ kind: oneOf('anonymous') }, ['kind']),
  });
}

/** Dataverse keeps at most this much of a webhook's secrets, all together. */
const MOST_CHARACTERS = 2048;

/** A line break in a header would be a second header. */
const PRINTABLE: SecretRule = {
  accepts: (text) => /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(text) && text.length <= MOST_CHARACTERS,
  expectation: `must be printable ASCII, 1 to ${MOST_CHARACTERS} characters without a space at either end`,
};

const VISIBLE: SecretRule = {
  accepts: (text) => text !== '' && !/\p{C}/u.test(text) && text.length <= MOST_CHARACTERS,
  expectation: `must be a text of 1 to ${MOST_CHARACTERS} characters without control characters`,
};

/** Headers that Dataverse, HTTP or a proxy sets itself; setting them twice makes the request unreadable. */
const RESERVED =
  /^(x-ms-dynamics-.*|x-ms-correlation-request-id|content-.*|host|connection|transfer-encoding|expect|cookie)$/i;

function headersReader(sources: SecretSources): JsonReader<readonly HookSecret[]> {
  const pairs = entriesOf((name) =>
    pairReader(name, isHeaderName(name) ? null : HEADER_NAME, secretReader(sources, PRINTABLE)),
  );
  return judged(pairs, (headers) => {
    if (headers.length === 0) return 'must name at least one header';
    const names = new Set(headers.map(({ name }) => name.toLowerCase()));
    return names.size === headers.length
      ? null
      : 'must not name a header twice; upper and lower case make no difference';
  });
}

const HEADER_NAME = 'is not the name of a header, or of one that Dataverse itself sends';

function isHeaderName(name: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$/.test(name) && !RESERVED.test(name);
}

function parametersReader(sources: SecretSources): JsonReader<readonly HookSecret[]> {
  const isName = (name: string): boolean => /^[^\s\p{C}]{1,256}$/u.test(name);
  const fault = 'is not the name of a query parameter';
  const pairs = entriesOf((name) => pairReader(name, isName(name) ? null : fault, secretReader(sources, VISIBLE)));
  return judged(pairs, ({ length }) => (length > 0 ? null : 'must name at least one parameter'));
}

function pairReader(name: string, fault: string | null, read: JsonReader<string>): JsonReader<HookSecret> {
  if (fault !== null) return (_value, pointer) => refused(pointer, fault);
  return mapped(read, (value) => ({ name, value }));
}
