import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../http/api-problems.js';
import { ProblemError } from '../http/problem.error.js';
import { readQuery } from '../http/read-query.js';
import { objectOf } from '../kernel/json-reader.js';
import { EventTypeListResource, EventTypeResource } from './event-type.resource.js';
import { EventTypeDirectory } from './event-type-directory.js';

/** A parameter that has no meaning here is a mistake of the caller. */
const readNothing = objectOf({});

/** Discovery: which events this gateway accepts, and what they become in Dataverse. */
@ApiTags('Event types')
@Controller('v1/event-types')
export class EventTypesController {
  constructor(private readonly directory: EventTypeDirectory) {}

  @Get()
  @ApiOperation({
    operationId: 'listEventTypes',
    summary: 'List the event types',
    description:
      'Every event type with its JSON Schema, an example, its custom API, its place in the catalog, and whether what is ' +
      'deployed fits it.',
  })
  @ApiOkResponse({ type: EventTypeListResource, description: 'The event types.' })
  @ApiProblems('invalid-parameter', 'unauthenticated')
  list(@Query() query: unknown): EventTypeListResource {
    readQuery(query, readNothing);
    return { eventTypes: this.directory.list() };
  }

  @Get(':name')
  @ApiOperation({
    operationId: 'getEventType',
    summary: 'Read an event type',
    description:
      'One event type with its JSON Schema, an example, its custom API, its place in the catalog, and whether what is ' +
      'deployed fits it.',
  })
  @ApiParam({ name: 'name', description: 'The type, or the last part of its path.', example: 'CustomerPurchase' })
  @ApiOkResponse({ type: EventTypeResource, description: 'The event type.' })
  @ApiProblems('invalid-parameter', 'unauthenticated', 'not-found')
  get(@Param('name') name: string, @Query() query: unknown): EventTypeResource {
    readQuery(query, readNothing);
    const eventType = this.directory.find(name);
    if (eventType === null) throw new ProblemError('not-found', 'There is no such event type.');
    return eventType;
  }
}
