import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiNoContentResponse, ApiOperation } from '@nestjs/swagger';
import { ApiProblems } from '../../http/api-problems.js';
import { CONTEXT_EXAMPLE } from './context.example.js';

/** Documents the receiver; it is the contract with Dataverse, from which nobody generates a client. */
export function ApiReceiveContext(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'receiveContext',
      summary: 'Take what Dataverse tells of an event it raised',
      description:
        "Dataverse's own webhook calls this, once per step that it ran. Who calls is proven by what HOOK_AUTH_FILE says: " +
        'headers, `?code=`, or other parameters of the query; API keys and tokens prove nothing here, and from ' +
        'this page the answer is 401. A 204 means that ' +
        'the receipt is stored durably, or that a repeat could not better it: a context of another message, of an ' +
        'event that is not kept here, or told before.',
      security: [],
    }),
    ApiHeader({
      name: 'x-ms-dynamics-msg-size-exceeded',
      required: false,
      description: 'Sent, with whatever value, where Dataverse removed the content because it was too large.',
      schema: { type: 'string' },
    }),
    ApiBody({
      description: 'A `RemoteExecutionContext`. Members not named here are read over.',
      required: true,
      schema: CONTEXT_SCHEMA,
      examples: { context: { summary: 'Of an asynchronous step', value: CONTEXT_EXAMPLE } },
    }),
    ApiNoContentResponse({ description: 'Stored, or nothing to store.' }),
    ApiProblems(
      'malformed-context',
      'hook-unauthenticated',
      'not-found',
      'context-too-large',
      'unsupported-media-type',
      'credentials-slowed',
      'storage-unavailable',
      'storage-unknown',
      'overloaded',
      'shutting-down',
    ),
  );
}

const PAIRS = {
  type: 'array' as const,
  nullable: true,
  items: {
    type: 'object' as const,
    required: ['key'],
    properties: { key: { type: 'string' as const }, value: { description: 'Anything.' } },
  },
};

const CONTEXT_SCHEMA = {
  type: 'object' as const,
  required: ['MessageName', 'OperationId', 'OwningExtension'],
  additionalProperties: true,
  properties: {
    MessageName: { type: 'string' as const, description: "The message: a custom API's unique name." },
    OperationId: { type: 'string' as const, format: 'uuid', description: 'The system job that ran the step.' },
    OperationCreatedOn: { type: 'string' as const, description: 'When that job was made, such as /Date(0+0000)/.' },
    OwningExtension: {
      type: 'object' as const,
      description: 'The step that was run.',
      required: ['Id'],
      additionalProperties: true,
      properties: { Id: { type: 'string' as const, format: 'uuid' } },
    },
    RequestId: { type: 'string' as const, nullable: true },
    CorrelationId: { type: 'string' as const, nullable: true },
    InputParameters: { ...PAIRS, description: "The event's parameters, EventId among them; absent where removed." },
    SharedVariables: { ...PAIRS, description: 'The event id among them, as tag.' },
    ParentContext: {
      type: 'object' as const,
      nullable: true,
      additionalProperties: true,
      description: 'The context of the operation around it.',
    },
  },
};
