import { applyDecorators } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiExtraModels,
  ApiOperation,
  ApiProperty,
  ApiResponse,
  ApiSchema,
  getSchemaPath,
} from '@nestjs/swagger';
import type { EventDefinition } from '../../contract/event-definition.js';
import { ApiProblems } from '../../http/api-problems.js';
import { RETRY_AFTER_HEADER } from '../../http/retry-after-header.js';
import { PUBLISHING_PROBLEMS } from '../publishing-problems.js';
import { BatchResultResource, ItemResultResource } from './batch-result.resource.js';
import { BATCH_ITEMS } from './bulk-limits.js';
import { BULK_MEDIA_TYPES } from './media-types.js';

/** Everything the OpenAPI document says about publishing several events of one type. */
export function ApiPublishBatch(definition: EventDefinition): MethodDecorator {
  const { type, example, key, version, name } = definition;
  const batchClass = batchClassFor(definition);
  const operationId = `publish${version === 1 ? name : `${name}V${version}`}Batch`;
  return applyDecorators(
    ApiOperation({
      operationId,
      summary: `Publish up to ${BATCH_ITEMS} ${type} events`,
      description: `For what was collected while offline. Each event is judged by itself and identified by its \`${key}\`; those that are accepted are stored in one commit, in their order. A repeat of the whole request is safe.`,
      requestBody: {
        required: true,
        description: `Up to ${BATCH_ITEMS} events, 8 MiB in all and 64 KiB each; or an event per line, without end.`,
        content: {
          [BULK_MEDIA_TYPES.json]: {
            schema: { $ref: getSchemaPath(batchClass) },
            examples: { complete: { summary: 'Accepted as it stands', value: { events: [example] } } },
          },
          [BULK_MEDIA_TYPES.ndjson]: {
            schema: { type: 'string', description: 'An event per line.' },
            examples: { complete: { summary: 'Accepted as it stands', value: `${JSON.stringify(example)}\n` } },
          },
        },
      },
    }),
    ApiExtraModels(batchClass, BatchResultResource, ItemResultResource),
    ApiAcceptedResponse({ type: BatchResultResource, description: 'Every event is stored, or was known already.' }),
    ApiResponse({
      status: 207,
      description:
        'Some events, or all, are refused: their results say why; the others are stored. To NDJSON it is the answer ' +
        'whatever comes of its lines: a result for each, up to the first one that is not taken for a reason that passes.',
      headers: RETRY_AFTER_HEADER,
      content: {
        [BULK_MEDIA_TYPES.json]: { schema: { $ref: getSchemaPath(BatchResultResource) } },
        [BULK_MEDIA_TYPES.ndjson]: { schema: { $ref: getSchemaPath(ItemResultResource) } },
      },
    }),
    ApiProblems(...PUBLISHING_PROBLEMS, 'invalid-request'),
  );
}

/** The body as a class of its own, so that generated clients have a name for it. */
function batchClassFor({ eventClass, type }: EventDefinition): new () => unknown {
  @ApiSchema({ name: `${eventClass.name}Batch`, description: `Several ${type} events.` })
  class Batch {
    @ApiProperty({
      type: () => eventClass,
      isArray: true,
      minItems: 1,
      maxItems: BATCH_ITEMS,
      description: 'In their order.',
    })
    readonly events!: readonly unknown[];
  }
  return Batch;
}
