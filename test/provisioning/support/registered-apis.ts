import { customApiFor, type RequestParameter, spaced } from '../../../src/contract/custom-api.js';
import type { EventDefinition } from '../../../src/contract/event-definition.js';
import { ParameterType } from '../../../src/contract/parameter-type.js';
import type { ImportChoices } from '../../../src/dataverse/importing/import-event.js';
import type { RegisteredApi, RegisteredParameter } from '../../../src/dataverse/importing/registered-api.js';
import { wishedCatalogsOf } from '../../../src/dataverse/provisioning/wished/wished-catalogs.js';

/** Nothing asked for: everything is found by likeness. */
export const NOTHING_ASKED: ImportChoices = {
  prefix: 'contoso',
  name: null,
  key: null,
  source: null,
  orderingKey: null,
  catalog: null,
  without: [],
  known: [],
};

export function parameter(uniqueName: string, how: Partial<RegisteredParameter> = {}): RegisteredParameter {
  return {
    uniqueName,
    name: `contoso_OnGoodsReceived.${uniqueName}`,
    displayName: spaced(uniqueName),
    description: `What ${uniqueName} means.`,
    type: ParameterType.String,
    isOptional: false,
    logicalEntityName: null,
    chosen: null,
    ...how,
  };
}

export const ENVELOPE: readonly RegisteredParameter[] = [
  parameter('EventId', {
    type: ParameterType.Guid,
    displayName: 'Event Id',
    description: 'Identifies the event. The same in every repeated call of one event: drop what you have seen.',
  }),
  parameter('EventSource', {
    displayName: 'Event Source',
    description: 'Where the event happened: a store, a company, or the client that sent it.',
  }),
  parameter('OccurredAt', { type: ParameterType.DateTime, displayName: 'Occurred At' }),
];

/** An event as somebody registers it by hand, with a key; whatever is said otherwise replaces a part of it. */
export function registeredApi(how: Partial<RegisteredApi> = {}): RegisteredApi {
  return {
    kind: 'custom-api',
    uniqueName: 'contoso_OnGoodsReceived',
    name: 'contoso_OnGoodsReceived',
    displayName: 'Goods received',
    description: 'Goods arrived at a warehouse.',
    boundTable: null,
    isFunction: false,
    isPrivate: false,
    isManaged: false,
    isWorkflowStep: false,
    stepType: 1,
    hasPlugin: false,
    parameters: [...ENVELOPE, parameter('ReceiptId')],
    responseProperties: [],
    place: {
      root: { uniqueName: 'contoso_Warehouse', name: 'Warehouse', displayName: 'Warehouse' },
      category: { uniqueName: 'contoso_Warehouse_Receipts', name: 'Receipts', displayName: 'Receipts' },
    },
    ...how,
  };
}

/** What stands in an environment that `apply` made ready for a definition. */
export function provisioned(definition: EventDefinition): RegisteredApi {
  const { requestParameters, ...texts } = customApiFor(definition, 'contoso');
  const { root, category } = wishedCatalogsOf(definition, 'contoso');
  const parameters = requestParameters.map((wished: RequestParameter) => ({
    ...wished,
    name: `${texts.uniqueName}.${wished.uniqueName}`,
    chosen: null,
  }));
  return registeredApi({ ...texts, name: texts.uniqueName, parameters, place: { root, category } });
}
