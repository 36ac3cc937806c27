/**
 * A context as Dataverse posts it, for the OpenAPI document. No event type has its message, so trying it out confirms
 * nothing. Members and their order are those of
 * https://learn.microsoft.com/power-apps/developer/data-platform/use-webhooks
 */
export const CONTEXT_EXAMPLE = {
  BusinessUnitId: 'f64c9d1f-d076-ea11-a812-000d3a86a586',
  CorrelationId: 'dfe79039-5a08-4d0a-b4ee-9534625c8654',
  Depth: 1,
  InitiatingUserAzureActiveDirectoryObjectId: '00000000-0000-0000-0000-000000000000',
  InitiatingUserId: 'c164a5aa-765e-4181-8771-537e8b1ebf3b',
  InputParameters: [
    { key: 'EventId', value: '0199e2a4-7c3e-7b1a-9f2d-4b8c6d1e0f3a' },
    { key: 'EventSource', value: 'store-042' },
    { key: 'OccurredAt', value: '/Date(1795341600000)/' },
  ],
  IsExecutingOffline: false,
  IsInTransaction: false,
  IsOfflinePlayback: false,
  IsolationMode: 1,
  MessageName: 'contoso_SomethingHappened',
  Mode: 1,
  OperationCreatedOn: '/Date(1795341603000+0000)/',
  OperationId: 'b1b1d88b-90ea-ea11-a815-000d3a86a3ce',
  OrganizationId: '9c5d5db0-47c7-4741-aa25-08eb4cdf59a3',
  OrganizationName: 'orgad623a9e',
  OutputParameters: [],
  OwningExtension: {
    Id: 'aa45df79-90ea-ea11-a815-000d3a86a3ce',
    KeyAttributes: [],
    LogicalName: 'sdkmessageprocessingstep',
    Name: null,
    RowVersion: null,
  },
  ParentContext: null,
  PostEntityImages: [],
  PreEntityImages: [],
  PrimaryEntityId: '00000000-0000-0000-0000-000000000000',
  PrimaryEntityName: 'none',
  RequestId: 'bda24fe5-1f23-4c96-a4ab-34739a2f5628',
  SecondaryEntityName: 'none',
  SharedVariables: [{ key: 'tag', value: '0199e2a4-7c3e-7b1a-9f2d-4b8c6d1e0f3a' }],
  Stage: 40,
  UserAzureActiveDirectoryObjectId: '00000000-0000-0000-0000-000000000000',
  UserId: 'c164a5aa-765e-4181-8771-537e8b1ebf3b',
};
