import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';

/** One fault of an input, as the OpenAPI document describes it. */
@ApiSchema({ name: 'InputFault', description: 'One thing that is wrong with an input.' })
class InputFaultResource {
  @ApiProperty({ description: 'Where: a JSON pointer (RFC 6901) into the body.', example: '/totalAmount' })
  readonly pointer!: string;

  @ApiProperty({ description: 'What is wrong; never holds the value.', example: 'is required' })
  readonly detail!: string;
}

/** RFC 9457 problem details, as the OpenAPI document describes them. */
@ApiSchema({ name: 'Problem', description: 'RFC 9457 problem details; docs/problems.md lists every type.' })
export class ProblemResource {
  @ApiProperty({
    format: 'uri-reference',
    description: 'The stable name of the problem: what programs decide by.',
    example: '/problems/invalid-event',
  })
  readonly type!: string;

  @ApiProperty({ description: 'What the problem is, the same each time.', example: 'The event is not valid' })
  readonly title!: string;

  @ApiProperty({ type: 'integer', description: 'The HTTP status.', example: 400 })
  readonly status!: number;

  @ApiProperty({
    description: 'What happened this time.',
    example: 'The event is not valid; errors names every fault.',
  })
  readonly detail!: string;

  @ApiProperty({ description: 'The path of the request.', example: '/v1/events/customer-purchase' })
  readonly instance!: string;

  @ApiPropertyOptional({ type: () => InputFaultResource, isArray: true, description: 'Every fault of the input.' })
  readonly errors?: readonly InputFaultResource[];

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    description: 'Of a replay by filter that was cut off: how many events were replayed.',
    example: 500,
  })
  readonly count?: number;

  @ApiPropertyOptional({
    description: 'Of a replay by filter that was cut off: the `after` with which another one does the rest.',
    example: 'NDcxMQ',
  })
  readonly after?: string;
}
