import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { ATTRIBUTE_TEXT } from './attribute-text.js';

/** A CloudEvent in the JSON format, as the OpenAPI document describes it. */
@ApiSchema({
  name: 'CloudEvent',
  description:
    'A CloudEvents 1.0 event in the JSON format. Further members are extension attributes: named by lower-case letters ' +
    'and digits, a text, a boolean or a whole number of 32 bits each. A member that is null is not set.',
})
export class CloudEventResource {
  // Generated clients turn an enum with one value into a type whose only member has no name.
  @ApiProperty({ pattern: '^1\\.0$', description: 'Of CloudEvents: always `1.0`.', example: '1.0' })
  readonly specversion!: string;

  @ApiProperty({
    minLength: 1,
    maxLength: 255,
    pattern: ATTRIBUTE_TEXT,
    description: 'Identifies the event among those of its source: the two are the key of the event.',
    example: 'P-20261122-0017',
  })
  readonly id!: string;

  @ApiProperty({
    format: 'uri-reference',
    minLength: 1,
    maxLength: 512,
    description: 'Where it happened, as a URI reference; the `source` of the event.',
    example: 'https://pos.contoso.com/stores/017',
  })
  readonly source!: string;

  @ApiProperty({
    minLength: 1,
    pattern: ATTRIBUTE_TEXT,
    description: '`<Name>` or `<Name>.v<version>` of an event type, with or without a reverse-DNS prefix.',
    example: 'com.contoso.pos.CustomerPurchase',
  })
  readonly type!: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    format: 'date-time',
    description: 'When it happened: the same instant as the `occurredAt` of the content, or in place of it.',
    example: '2026-11-22T09:59:58Z',
  })
  readonly time?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    minLength: 1,
    pattern: ATTRIBUTE_TEXT,
    description: 'Allowed, and not kept.',
  })
  readonly subject?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: '`application/json`, in UTF-8: what it is where it is not said.',
    example: 'application/json',
  })
  readonly datacontenttype?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    format: 'uri',
    minLength: 1,
    description: 'Allowed, and not kept.',
  })
  readonly dataschema?: string | null;

  @ApiPropertyOptional({
    type: 'object',
    nullable: true,
    additionalProperties: true,
    description: 'The content: what the endpoint of the event type takes as its body.',
  })
  readonly data?: Readonly<Record<string, unknown>> | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    format: 'byte',
    description: 'The content as base64, in place of `data`; then `datacontenttype` is required.',
  })
  readonly data_base64?: string | null;
}
