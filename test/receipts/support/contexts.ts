import { randomUUID } from 'node:crypto';

/** The step of the gateway's own, as all contexts here have it where a test does not say otherwise. */
export const STEP = 'aa45df79-90ea-4a11-a815-000d3a86a3ce';
const MESSAGE = 'contoso_CustomerPurchase';

/** A context as Dataverse posts it, for the event with this id, but for what a test says about it. */
export function contextOf(eventId: string, members: object = {}): Readonly<Record<string, unknown>> {
  return {
    CorrelationId: randomUUID(),
    Depth: 1,
    InputParameters: [
      { key: 'EventId', value: eventId },
      { key: 'Email', value: 'marker-email@example.com' },
    ],
    IsInTransaction: false,
    MessageName: MESSAGE,
    Mode: 1,
    OperationCreatedOn: `/Date(${Date.now()}+0000)/`,
    OperationId: randomUUID(),
    OrganizationName: 'orgad623a9e',
    OutputParameters: [],
    OwningExtension: {
      Id: STEP,
      KeyAttributes: [],
      LogicalName: 'sdkmessageprocessingstep',
      Name: null,
      RowVersion: null,
    },
    ParentContext: null,
    PrimaryEntityName: 'none',
    RequestId: randomUUID(),
    SharedVariables: [{ key: 'tag', value: eventId }],
    Stage: 40,
    ...members,
  };
}

/** What Dataverse leaves of a context that is too large: JSON without the members that hold content. */
export function strippedOf(eventId: string): object {
  const { InputParameters: _removed, ParentContext: _too, ...left } = contextOf(eventId);
  return left;
}
