import type { RequestParameter } from '../../../contract/custom-api.js';
import type { ExactValue } from '../../web-api/exact-json.js';
import { type ContextValue, contextJson } from './context-json.js';
import { NO_ID, pairs, reference } from './contracts.js';
import { parameterValue } from './parameter-value.js';

/** A committed call of a global custom API, as its steps are told of it. */
export interface RaisedMessage {
  readonly name: string;
  readonly parameters: readonly RequestParameter[];
  /** The members of the call's body, without annotations. */
  readonly input: readonly (readonly [name: string, value: ExactValue])[];
  /** The `tag` of the query; null without one. */
  readonly tag: string | null;
  readonly correlationId: string;
  readonly requestId: string | null;
  /** The caller. */
  readonly initiatingUser: ContextUser;
  readonly organization: { readonly id: string; readonly name: string };
  /** Stands for the table of a message that has none. */
  readonly primaryEntityName: string;
  /** The caller's `user-agent`; null leaves the member out. */
  readonly userAgent: string | null;
  /** Whether the main operation stands in the context as its parent. */
  readonly hasParent: boolean;
}

/** A user as a context names it. */
export interface ContextUser {
  readonly id: string;
  readonly businessUnitId: string;
  readonly azureObjectId: string;
}

/** The system job that carries the message to one step. */
export interface ContextJob {
  readonly id: string;
  readonly stepId: string;
  /** The user as whom the step runs: the caller, unless the step names one. */
  readonly user: ContextUser;
  /** RFC 3339, UTC. */
  readonly createdOn: string;
}

/**
 * What Dataverse posts to webhooks and Service Bus: a RemoteExecutionContext, its members in alphabetical order.
 */
export function remoteExecutionContext(message: RaisedMessage, job: ContextJob): string {
  const parent = message.hasParent ? executionContext(message, job, { stage: 30, parent: null }) : null;
  return contextJson(executionContext(message, job, { stage: 40, parent }));
}

function executionContext(
  message: RaisedMessage,
  job: ContextJob,
  { stage, parent }: { readonly stage: number; readonly parent: ContextValue },
): ContextValue {
  const { initiatingUser, organization, primaryEntityName } = message;
  return {
    BusinessUnitId: job.user.businessUnitId,
    CorrelationId: message.correlationId,
    Depth: 1,
    ...(message.userAgent === null ? {} : { InitiatingUserAgent: message.userAgent }),
    InitiatingUserAzureActiveDirectoryObjectId: initiatingUser.azureObjectId,
    InitiatingUserId: initiatingUser.id,
    InputParameters: inputOf(message),
    IsExecutingOffline: false,
    IsInTransaction: false,
    IsOfflinePlayback: false,
    IsolationMode: 1,
    MessageName: message.name,
    Mode: 1,
    OperationCreatedOn: `/Date(${Date.parse(job.createdOn)}+0000)/`,
    OperationId: job.id,
    OrganizationId: organization.id,
    OrganizationName: organization.name,
    OutputParameters: [],
    OwningExtension: reference('sdkmessageprocessingstep', job.stepId),
    ParentContext: parent,
    PostEntityImages: [],
    PreEntityImages: [],
    PrimaryEntityId: NO_ID,
    PrimaryEntityName: primaryEntityName,
    RequestId: message.requestId,
    SecondaryEntityName: 'none',
    SharedVariables: sharedVariables(message),
    Stage: stage,
    UserAzureActiveDirectoryObjectId: job.user.azureObjectId,
    UserId: job.user.id,
  };
}

function inputOf({ input, parameters }: RaisedMessage): ContextValue {
  const declared = new Map(parameters.map((parameter) => [parameter.uniqueName, parameter]));
  return pairs(
    input.flatMap(([name, value]) => {
      const parameter = declared.get(name);
      return parameter === undefined ? [] : [[name, parameterValue(parameter, value)] as const];
    }),
  );
}

function sharedVariables({ tag }: RaisedMessage): ContextValue {
  return pairs([['IsAutoTransact', true], ...(tag === null ? [] : [['tag', tag] as const])]);
}
