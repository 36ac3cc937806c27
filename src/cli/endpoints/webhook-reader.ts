import { authSettingsOf, MAX_AUTH_VALUE } from '../../dataverse/provisioning/endpoints/auth-settings.js';
import { isWebhookUrl, WEBHOOK_URL_EXPECTATION } from '../../dataverse/provisioning/endpoints/webhook-url.js';
import type { SecretPair, WebhookAuthentication } from '../../dataverse/provisioning/endpoints/wished-endpoint.js';
import { byKind, entriesOf, judged, mapped, refused } from '../../kernel/json-combinators.js';
import { type JsonReader, objectOf, oneOf, textAs } from '../../kernel/json-reader.js';
import { type SecretRule, type SecretSources, secretReader } from './secret-reader.js';

export const WEBHOOK_URL = textAs((text) => (isWebhookUrl(text) ? text : undefined), WEBHOOK_URL_EXPECTATION);

/** Reads how Dataverse authenticates to a webhook; what is too long for Dataverse's column is refused. */
export function authenticationReader(sources: SecretSources): JsonReader<WebhookAuthentication> {
  const read = byKind<WebhookAuthentication>({
    'http-header': objectOf({ kind: oneOf('http-header'), headers: headersReader(sources) }, ['kind', 'headers']),
    'webhook-key': objectOf({ kind: oneOf('webhook-key'), key: secretReader(sources, PRINTABLE) }, ['kind', 'key']),
    'query-string': objectOf({ kind: oneOf('query-string'), parameters: parametersReader(sources) }, [
      'kind',
      'parameters',
    ]),
    anonymous: objectOf({ kind: oneOf('anonymous') }, ['kind']),
  });
  return judged(read, (authentication) => {
    const { length } = authSettingsOf(authentication).authvalue.reveal();
    return length <= MAX_AUTH_VALUE
      ? null
      : `comes to ${length} characters as Dataverse keeps it, of at most ${MAX_AUTH_VALUE}`;
  });
}

/** A line break in a header would be a second header. */
const PRINTABLE: SecretRule = {
  accepts: (text) => /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(text),
  expectation: 'must be printable ASCII without a space at either end',
};

const VISIBLE: SecretRule = {
  accepts: (text) => text !== '' && !/\p{C}/u.test(text),
  expectation: 'must be a text without control characters that is not empty',
};

/** What Dataverse or HTTP itself says in a request; saying it twice makes the request unreadable. */
const RESERVED =
  /^(x-ms-dynamics-.*|x-ms-correlation-request-id|content-.*|host|connection|transfer-encoding|expect)$/i;

function headersReader(sources: SecretSources): JsonReader<readonly SecretPair[]> {
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

function parametersReader(sources: SecretSources): JsonReader<readonly SecretPair[]> {
  const isName = (name: string): boolean => /^[^\s\p{C}]{1,256}$/u.test(name);
  const fault = 'is not the name of a query parameter';
  const pairs = entriesOf((name) => pairReader(name, isName(name) ? null : fault, secretReader(sources, VISIBLE)));
  return judged(pairs, ({ length }) => (length > 0 ? null : 'must name at least one parameter'));
}

function pairReader(name: string, fault: string | null, read: ReturnType<typeof secretReader>): JsonReader<SecretPair> {
  if (fault !== null) return (_value, pointer) => refused(pointer, fault);
  return mapped(read, (value) => ({ name, value }));
}
