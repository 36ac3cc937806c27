import { applyDecorators } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiHeader, ApiOperation } from '@nestjs/swagger';
import type { EventDefinition } from '../contract/event-definition.js';
import { ApiProblems } from '../http/api-problems.js';
import { PUBLISHING_PROBLEMS } from './publishing-problems.js';
import { ReceiptResource } from './receipt.resource.js';

/** Everything the OpenAPI document says about publishing one event type. */
export function ApiPublish(definition: EventDefinition): MethodDecorator {
  const { type, summary, eventClass, example, key, version, name } = definition;
  return applyDecorators(
    ApiOperation({
      operationId: `publish${version === 1 ? name : `${name}V${version}`}`,
      summary: `Publish ${type}`,
      description: `${summary} Answered once it is stored durably. A repeat with the same key and content gets the first answer again; without an Idempotency-Key the key is \`${key}\`.`,
    }),
    ApiBody({
      type: eventClass,
      required: true,
      description: summary,
      examples: { complete: { summary: 'Accepted as it stands', value: example } },
    }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: `Identifies the event in place of \`${key}\`: a bare token or quoted string of visible ASCII.`,
      schema: { type: 'string', minLength: 1, maxLength: 512, pattern: '^[!-~]+$' },
    }),
    ApiAcceptedResponse({ type: ReceiptResource, description: 'Stored durably.', headers: ACCEPTED_HEADERS }),
    ApiProblems(...PUBLISHING_PROBLEMS, 'invalid-event', 'idempotency-key-reused'),
  );
}

const ACCEPTED_HEADERS = {
  Location: { description: 'Where the event is read.', schema: { type: 'string' as const } },
  'Idempotency-Replayed': {
    description: '`true` where the event was known already; absent else.',
    schema: { type: 'string' as const, enum: ['true'] },
  },
};
