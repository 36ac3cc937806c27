import type { DateTime, Dictionary, Entity, EntityReference, Value, WireObject } from './value.js';

/**
 * What Dataverse sends to webhooks, Service Bus and Event Hubs about an operation:
 * `Microsoft.Xrm.Sdk.RemoteExecutionContext`. Null means that the context does not say. Members are named as on the
 * wire, except for the first letter. The comments here follow Microsoft's documentation, unless they say *seen* (in
 * published contexts) or *unconfirmed*.
 * https://learn.microsoft.com/power-apps/developer/data-platform/understand-the-data-context
 */
export interface RemoteExecutionContext extends WireObject {
  readonly kind: 'RemoteExecutionContext';
  /** The business unit of the user the operation runs as. */
  readonly businessUnitId: string | null;
  /** Groups an operation and everything it causes; made by the platform, which detects endless loops by it. */
  readonly correlationId: string | null;
  /** 1 for an operation that a user or a client began; one more for each level that extensions begin within it. */
  readonly depth: number | null;
  /** The `User-Agent` of the client. *Seen* since 2024, not documented. */
  readonly initiatingUserAgent: string | null;
  /** In Entra ID; the zero GUID for many application users, and when nobody is impersonated. */
  readonly initiatingUserAzureActiveDirectoryObjectId: string | null;
  /** The user who made the request, also where a step runs as another. */
  readonly initiatingUserId: string | null;
  /**
   * The request: for a custom API one entry for each given parameter, by its unique name (omitted optional ones are
   * absent; whether one given as null is there, is *unconfirmed*). **Null where Dataverse removed it because the whole
   * would have been too large**: see `isStripped`.
   */
  readonly inputParameters: Dictionary<Value> | null;
  /** Of the Outlook client of old: false. */
  readonly isExecutingOffline: boolean | null;
  /** Whether the step runs within the database transaction of the operation: false for asynchronous steps. */
  readonly isInTransaction: boolean | null;
  /** Of the Outlook client of old: false. */
  readonly isOfflinePlayback: boolean | null;
  /** 1 none, 2 sandbox. *Seen*: 1 in webhooks. */
  readonly isolationMode: number | null;
  /** The message: `Create`, or the unique name of a custom API. The only member that every context has. */
  readonly messageName: string;
  /** 0 synchronous, 1 asynchronous. */
  readonly mode: number | null;
  /** When the system job was made; for a synchronous step, when the operation began. */
  readonly operationCreatedOn: DateTime | null;
  /**
   * The system job (`asyncoperation`) of an asynchronous step. Dataverse's own repeat of a post has the same one; the
   * same event raised again has another.
   */
  readonly operationId: string | null;
  readonly organizationId: string | null;
  /** The unique name of the organization, `orgad623a9e`, and not its domain. */
  readonly organizationName: string | null;
  /** The response. Empty for a custom API without response properties. */
  readonly outputParameters: Dictionary<Value>;
  /** The registered step: an `sdkmessageprocessingstep`. */
  readonly owningExtension: EntityReference | null;
  /**
   * The context of the operation that this one ran within. Null where there is none, and where Dataverse removed it for
   * size. For a step after the main operation it is often the main operation's own, with the same input (*seen*, not
   * for custom APIs).
   */
  readonly parentContext: RemoteExecutionContext | null;
  /** Rows as they were after the operation, by the alias of the registered image. Null where removed for size. */
  readonly postEntityImages: Dictionary<Entity> | null;
  /** Rows as they were before the operation, by the alias of the registered image. Null where removed for size. */
  readonly preEntityImages: Dictionary<Entity> | null;
  /** The row the operation is about; the zero GUID for a message without table (*seen*). */
  readonly primaryEntityId: string | null;
  /** The logical name of its table; `none` for a message without table (*seen*). */
  readonly primaryEntityName: string | null;
  /**
   * The request: with the SDK, the `RequestId` that the client chose. Whether the Web API's `x-ms-client-request-id`
   * appears here is *unconfirmed*. Null in Microsoft's sample of 2017, a GUID in contexts seen since.
   */
  readonly requestId: string | null;
  /** `none`, except for messages about two tables. */
  readonly secondaryEntityName: string | null;
  /** Variables from clients (`?tag=`), the platform (`IsAutoTransact`, ...) and plug-ins of earlier stages. */
  readonly sharedVariables: Dictionary<Value>;
  /** 10 before validation, 20 before, 30 the main operation, 40 after it, the only stage of asynchronous steps. */
  readonly stage: number | null;
  readonly userAzureActiveDirectoryObjectId: string | null;
  /** The user the step runs as. */
  readonly userId: string | null;
}
