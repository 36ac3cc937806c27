import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { type CustomApi, customApiFor } from '../contract/custom-api.js';
import type { EventDefinition } from '../contract/event-definition.js';
import { jsonSchemaOf } from '../contract/json-schema.js';
import type { Verification } from '../contract/verification.js';
import { toRfc3339 } from '../kernel/clock.js';

const ANY_OBJECT = { type: 'object', additionalProperties: true } as const;
const STATUSES = Object.keys({
  verified: true,
  drifted: true,
  'not-verified': true,
} satisfies Record<Verification['status'], true>);

const NAME_OR_NULL = { type: String, nullable: true };

/** Where makers find an event type in Power Automate. */
class CatalogEntry {
  @ApiProperty({ example: 'Contoso Customer Management' })
  readonly root!: string;

  @ApiProperty({ example: 'Customer Events' })
  readonly category!: string;
}

/** Whether the deployed custom API fits the definition. */
@ApiSchema({
  name: 'Verification',
  description: 'Whether the custom API that is deployed fits the event type, as this gateway saw it last.',
})
class VerificationResource {
  @ApiProperty({
    enum: STATUSES,
    description:
      '`drifted`: it does not fit, and the events of the type wait. `not-verified`: it could not be read, which holds up nothing.',
    example: 'verified',
  })
  readonly status!: Verification['status'];

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When that was found out; null before the first look.',
    example: '2026-11-22T10:00:00.000Z',
  })
  readonly at!: string | null;

  @ApiProperty({
    ...NAME_OR_NULL,
    description: 'What does not fit, or why it could not be read.',
    example: null,
  })
  readonly detail!: string | null;
}

/** Everything a client needs to send, or receive, one event type. */
@ApiSchema({ name: 'EventType', description: 'How an event type is sent, and what it becomes in Dataverse.' })
export class EventTypeResource {
  @ApiProperty({ description: "The type's word everywhere.", example: 'CustomerPurchase' })
  readonly type!: string;

  @ApiProperty({ example: 'CustomerPurchase' })
  readonly name!: string;

  @ApiProperty({ type: 'integer', example: 1 })
  readonly version!: number;

  @ApiProperty({ example: 'A customer bought something at a point of sale. The purchase is complete and paid.' })
  readonly summary!: string;

  @ApiProperty({ description: 'Where it is posted to.', example: '/v1/events/customer-purchase' })
  readonly path!: string;

  @ApiProperty({ description: 'The field that holds the business key.', example: 'purchaseId' })
  readonly key!: string;

  @ApiProperty({ ...NAME_OR_NULL, description: 'The field that says where it happened.', example: 'storeId' })
  readonly source!: string | null;

  @ApiProperty({ ...NAME_OR_NULL, description: 'Events with equal values here are delivered in order.', example: null })
  readonly orderingKey!: string | null;

  @ApiProperty({
    enum: ['continue', 'block'],
    description: 'What a dead event does to those behind it.',
    example: 'continue',
  })
  readonly whenDead!: string;

  @ApiProperty({ ...ANY_OBJECT, description: 'JSON Schema (draft 2020-12) of the body.' })
  readonly schema!: object;

  @ApiProperty({ ...ANY_OBJECT, description: 'A complete event that is accepted as it stands.' })
  readonly example!: object;

  @ApiProperty({ ...ANY_OBJECT, description: 'The custom API in Dataverse, with its request parameters.' })
  readonly customApi!: CustomApi;

  @ApiProperty({ type: () => CatalogEntry })
  readonly catalog!: CatalogEntry;

  @ApiProperty({ type: () => VerificationResource })
  readonly verification!: VerificationResource;
}

/** The part that never changes while the gateway runs. */
export type DescribedEventType = Omit<EventTypeResource, 'verification'>;

/** Every event type of this gateway. */
@ApiSchema({ name: 'EventTypeList', description: 'Every event type of this gateway.' })
export class EventTypeListResource {
  @ApiProperty({ type: () => EventTypeResource, isArray: true })
  readonly eventTypes!: readonly EventTypeResource[];
}

export function describeEventType(definition: EventDefinition, publisherPrefix: string): DescribedEventType {
  const { type, name, version, summary, slug, key, source, orderingKey, whenDead, example, catalog } = definition;
  return {
    type,
    name,
    version,
    summary,
    path: `/v1/events/${slug}`,
    key,
    source,
    orderingKey,
    whenDead,
    schema: jsonSchemaOf(definition.fields),
    example,
    customApi: customApiFor(definition, publisherPrefix),
    catalog,
  };
}

/** The event type as it is sent. */
export function eventTypeResourceOf(described: DescribedEventType, verification: Verification): EventTypeResource {
  const { status, at } = verification;
  const detail = status === 'verified' ? null : verification.detail;
  return { ...described, verification: { status, at: at === null ? null : toRfc3339(at), detail } };
}
