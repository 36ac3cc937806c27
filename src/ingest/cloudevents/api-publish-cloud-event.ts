import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiOperation, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { EventDefinition } from '../../contract/event-definition.js';
import { ApiProblems } from '../../http/api-problems.js';
import { RETRY_AFTER_HEADER } from '../../http/retry-after-header.js';
import { BatchResultResource } from '../bulk/batch-result.resource.js';
import { BATCH_ITEMS } from '../bulk/bulk-limits.js';
import { PUBLISHING_PROBLEMS } from '../publishing-problems.js';
import { ReceiptResource } from '../receipt.resource.js';
import { CloudEventResource } from './cloud-event.resource.js';
import { CLOUD_EVENT, CLOUD_EVENT_BATCH, CONTENT } from './media-types.js';

/** Everything the OpenAPI document says about publishing CloudEvents. */
export function ApiPublishCloudEvent(definitions: readonly EventDefinition[]): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(CloudEventResource, ReceiptResource, BatchResultResource),
    ApiOperation({
      operationId: 'publishCloudEvent',
      summary: 'Publish CloudEvents',
      description: DESCRIPTION,
      requestBody: { required: true, description: BODY, content: contentFor(definitions) },
    }),
    ...BINARY_MODE.map(([attribute, description]) =>
      ApiHeader({ name: `ce-${attribute}`, required: false, description: `In binary mode: ${description}` }),
    ),
    ApiResponse({
      status: 202,
      description: 'Stored durably: a receipt, or of a list what became of each event.',
      headers: ACCEPTED_HEADERS,
      content: { 'application/json': { schema: ANSWER } },
    }),
    ApiResponse({
      status: 207,
      type: BatchResultResource,
      description: 'Of a list some events were refused.',
      headers: RETRY_AFTER_HEADER,
    }),
    ApiProblems(
      ...PUBLISHING_PROBLEMS,
      'invalid-event',
      'unknown-event-type',
      'invalid-request',
      'idempotency-key-reused',
    ),
  );
}

const DESCRIPTION =
  'CloudEvents 1.0 in all three HTTP modes. The content is judged as on the endpoint of its type; `source` and `id` are ' +
  'the key: a repeat with the same two and the same content gets the first answer again.';

const BODY = `One CloudEvent, a list of up to ${BATCH_ITEMS}, or in binary mode its content alone, as \`application/json\` beside \`ce-\` headers.`;

const BINARY_MODE = [
  ['specversion', '`1.0`.'],
  ['id', 'with `ce-source` the key of the event.'],
  ['source', 'where it happened.'],
  ['type', 'its event type.'],
  ['time', 'when it happened.'],
] as const;

const ANSWER = {
  // Generators name the class by it.
  title: 'CloudEventsAnswer',
  oneOf: [{ $ref: getSchemaPath(ReceiptResource) }, { $ref: getSchemaPath(BatchResultResource) }],
};

const ACCEPTED_HEADERS = {
  Location: { description: 'Of one event: where it is read.', schema: { type: 'string' as const } },
  'Idempotency-Replayed': {
    description: 'Of one event: `true` where it was known already.',
    schema: { type: 'string' as const, enum: ['true'] },
  },
};

function contentFor(definitions: readonly EventDefinition[]) {
  const schema = { $ref: getSchemaPath(CloudEventResource) };
  const events = definitions.map((definition) => [definition.slug, exampleOf(definition)] as const);
  const examples = events.map(([slug, value]) => [slug, { summary: 'Accepted as it stands', value }]);
  return {
    [CLOUD_EVENT]: { schema, examples: Object.fromEntries(examples) },
    [CLOUD_EVENT_BATCH]: {
      schema: { type: 'array' as const, items: schema, maxItems: BATCH_ITEMS },
      examples: { everyType: { summary: 'Accepted as it stands', value: events.map(([, value]) => value) } },
    },
    [CONTENT]: { schema: { type: 'object' as const, description: 'The content alone.', additionalProperties: true } },
  };
}

/** The examples tell the time twice, as most senders do: in `time`, and in the content's `occurredAt`. */
function exampleOf({ type, slug, key, example }: EventDefinition) {
  return {
    specversion: '1.0',
    id: String(example[key]),
    source: `https://contoso.com/${slug}`,
    type: `com.contoso.${type}`,
    time: example.occurredAt,
    datacontenttype: 'application/json',
    data: example,
  };
}
