import type { Cells } from '../../../src/dataverse/provisioning/deployed/deployed-state.js';
import type {
  DeployedEndpoint,
  DeployedStep,
} from '../../../src/dataverse/provisioning/endpoints/deployed-endpoint.js';
import { endpointCells } from '../../../src/dataverse/provisioning/endpoints/endpoint-cells.js';
import type { EndpointsRequest } from '../../../src/dataverse/provisioning/endpoints/plan-endpoints.js';
import { rowId } from '../../../src/dataverse/provisioning/endpoints/row-id.js';
import type { WishedEndpoint } from '../../../src/dataverse/provisioning/endpoints/wished-endpoint.js';
import { wishedSteps } from '../../../src/dataverse/provisioning/endpoints/wished-step.js';
import type { WishedCustomApi } from '../../../src/dataverse/provisioning/wished/wished-state.js';
import { Secret } from '../../../src/dataverse/secret.js';

export const WEBHOOK: WishedEndpoint = {
  name: 'Warehouse',
  description: null,
  rank: 1,
  events: '*',
  target: {
    kind: 'webhook',
    url: 'https://warehouse.example.com/events',
    authentication: { kind: 'http-header', headers: [{ name: 'x-key', value: new Secret('a&"b') }] },
  },
};
export const HUB: WishedEndpoint = {
  name: 'Lake',
  description: 'For reports.',
  rank: 5,
  events: ['CustomerPurchase'],
  target: {
    kind: 'event-hub',
    namespaceAddress: 'sb://contoso.servicebus.windows.net/',
    path: 'events',
    sasKeyName: 'send',
    sasKey: new Secret('a-key'),
    format: 'json',
    userClaim: 'user-id',
  },
};
export const APIS = [customApi('CustomerPurchase'), customApi('VendorPaymentPosted')];

function customApi(type: string): WishedCustomApi {
  const api = { uniqueName: `contoso_${type}`, displayName: type, description: type, requestParameters: [] };
  return { type, api, category: 'contoso_Sales' };
}

function deployedStep(step: { id: string; message: string; cells: Cells }, handlerId: string): DeployedStep {
  return { ...step, isManaged: false, name: String(step.cells.name), handlerId };
}

/** The endpoint as it stands where it was made as wished, but for these cells. */
export function deployed(wished: WishedEndpoint, cells: Cells = {}): DeployedEndpoint {
  const { readable, secret } = endpointCells(wished);
  const id = rowId('serviceendpoint', wished.name);
  const steps = wishedSteps(wished, APIS).map((step) => deployedStep(step, id));
  return { id, name: wished.name, isManaged: false, cells: { ...readable, [secret.flag]: true, ...cells }, steps };
}

/** A webhook that stands as wished, but for what is changed. */
export function request(changed: Partial<EndpointsRequest>): EndpointsRequest {
  const nothing = { recreated: new Set<string>(), prune: false, writeSecrets: false, takeOver: [], onMessages: [] };
  return { wished: [WEBHOOK], deployed: [deployed(WEBHOOK)], customApis: APIS, ...nothing, ...changed };
}
