import { isOfReceiver, RECEIVER_NAME } from '../../dataverse/provisioning/endpoints/own-receiver.js';
import type { AzureTarget, WishedEndpoint } from '../../dataverse/provisioning/endpoints/wished-endpoint.js';
import { Secret } from '../../dataverse/secret.js';
import { byKind, judged, listOf, mapped, refused } from '../../kernel/json-combinators.js';
import { type JsonReader, objectOf, oneOf, reader, textAs } from '../../kernel/json-reader.js';
import { type SecretSources, secretReader } from '../../settings/secret-reader.js';
import { authenticationReader, WEBHOOK_URL } from './webhook-reader.js';

/** What an endpoint of the file is checked against. */
export interface EndpointSources extends SecretSources {
  /** Words of the existing event types. */
  readonly types: readonly string[];
}

/** Reads one endpoint of an endpoints file. */
export function endpointReader(sources: EndpointSources): JsonReader<WishedEndpoint> {
  return byKind({
    webhook: webhookReader(sources),
    'service-bus-queue': azureReader(sources, 'service-bus-queue', oneOf('json', 'xml', 'binary')),
    'service-bus-topic': azureReader(sources, 'service-bus-topic', oneOf('json', 'xml', 'binary')),
    'event-hub': azureReader(sources, 'event-hub', oneOf('json', 'xml')),
  });
}

/** A step is named `<endpoint>: <message>`, and its name has 256 characters. */
const MAX_NAME = 100;
const MAX_RANK = 2_147_483_647;
const NAME = textAs(
  (text) =>
    text.trim() === text && text.length > 0 && text.length <= MAX_NAME && !/\p{C}/u.test(text) ? text : undefined,
  `must be a text of 1 to ${MAX_NAME} characters without control characters and without a space at either end`,
);
const RESERVED_NAME = `must not begin with '${RECEIVER_NAME}': that endpoint is made by --receiver`;
const USER_CLAIM = oneOf('none', 'user-id', 'user-info');

function commonReaders({ types }: EndpointSources) {
  return {
    name: judged(NAME, (name) => (isOfReceiver(name) ? RESERVED_NAME : null)),
    description: textUpTo(2000),
    events: eventsReader(types),
    rank: reader(
      (value): value is number => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MAX_RANK,
      `must be a whole number from 1 to ${MAX_RANK}`,
    ),
  };
}

function webhookReader(sources: EndpointSources): JsonReader<WishedEndpoint> {
  const read = objectOf(
    {
      ...commonReaders(sources),
      kind: oneOf('webhook'),
      url: WEBHOOK_URL,
      authentication: authenticationReader(sources),
    },
    ['name', 'kind', 'events', 'url', 'authentication'],
  );
  return mapped(read, ({ kind, url, authentication, ...common }) => wished(common, { kind, url, authentication }));
}

function azureReader(
  sources: EndpointSources,
  kind: AzureTarget['kind'],
  format: JsonReader<AzureTarget['format']>,
): JsonReader<WishedEndpoint> {
  const read = objectOf(
    {
      ...commonReaders(sources),
      kind: oneOf(kind),
      namespaceAddress: NAMESPACE_ADDRESS,
      path: textUpTo(160),
      sasKeyName: textUpTo(256),
      sasKey: mapped(secretReader(sources, SAS_KEY), (key) => new Secret(key)),
      format,
      userClaim: USER_CLAIM,
    },
    ['name', 'kind', 'events', 'namespaceAddress', 'path', 'sasKeyName', 'sasKey'],
  );
  return mapped(
    read,
    ({ name, description, events, rank, format: wishedFormat = 'json', userClaim = 'none', ...azure }) =>
      wished({ name, description, events, rank }, { ...azure, format: wishedFormat, userClaim }),
  );
}

const NAMESPACE_ADDRESS = textAs(
  (text) =>
    /^sb:\/\/[a-z][a-z0-9-]{0,62}(\.[a-z0-9-]+)+\/?$/.test(text) && text.length < 255
      ? text.replace(/\/?$/, '/')
      : undefined,
  'must be the address of a namespace such as sb://contoso.servicebus.windows.net/',
);

const SAS_KEY = {
  accepts: (text: string) => /^(?!Endpoint=)[\x21-\x7e]{1,256}$/i.test(text),
  expectation:
    'must be a shared access key: at most 256 characters of ASCII without spaces; of a connection string, what stands ' +
    'behind SharedAccessKey=',
};

interface Common {
  readonly name: string;
  readonly description?: string | undefined;
  readonly events: WishedEndpoint['events'];
  readonly rank?: number | undefined;
}

function wished({ name, description, events, rank = 1 }: Common, target: WishedEndpoint['target']): WishedEndpoint {
  return { name, description: description ?? null, events, rank, target };
}

/** `["*"]`, or event types that exist, each once. */
function eventsReader(types: readonly string[]): JsonReader<WishedEndpoint['events']> {
  const type = textAs(
    (text) => (types.includes(text) || text === '*' ? text : undefined),
    `must be "*" or an event type: ${types.join(', ')}`,
  );
  return (value, pointer) => {
    const reading = listOf(type)(value, pointer);
    if (reading.kind === 'refused') return reading;
    const { value: events } = reading;
    if (events.length === 1 && events[0] === '*') return { kind: 'read', value: '*' };
    if (events.includes('*')) return refused(pointer, 'must be ["*"] alone or a list of event types');
    return new Set(events).size === events.length ? reading : refused(pointer, 'must not name an event type twice');
  };
}

function textUpTo(length: number): JsonReader<string> {
  const accepts = (text: string): boolean => text !== '' && text.length <= length && !/\p{C}/u.test(text);
  return textAs((text) => (accepts(text) ? text : undefined), `must be a text of 1 to ${length} characters`);
}
