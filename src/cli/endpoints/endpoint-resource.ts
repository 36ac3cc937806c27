import { endpointKind } from '../../dataverse/provisioning/endpoints/endpoint-kind.js';
import type { ListedEndpoint, ListedStep } from '../../dataverse/provisioning/endpoints/list-endpoints.js';
import { shownUrl } from '../../dataverse/provisioning/endpoints/shown-url.js';

const AUTHENTICATION: Readonly<Record<number, string>> = {
  1: 'acs',
  2: 'sas-key',
  3: 'sas-token',
  4: 'webhook-key',
  5: 'http-header',
  6: 'query-string',
  7: 'connection-string',
  8: 'access-key',
};

/** A service endpoint as `dataverse endpoints` shows it: never with a secret, only with whether it has one. */
export function endpointResource({ endpoint: { id, name, isManaged, cells }, steps }: ListedEndpoint) {
  return {
    id,
    name,
    kind: endpointKind(Number(cells.contract)),
    address: addressOf(cells),
    authentication: AUTHENTICATION[Number(cells.authtype)] ?? null,
    secretSet: cells.isauthvalueset === true || cells.issaskeyset === true,
    managed: isManaged,
    steps: steps.map(stepResource),
  };
}

/** A step, and its success. */
export function stepResource({ step: { id, name, message, isManaged, cells }, health }: ListedStep) {
  return {
    id,
    name,
    message,
    enabled: cells.statecode === 0,
    asynchronous: cells.mode === 1,
    rank: cells.rank,
    managed: isManaged,
    health,
  };
}

function addressOf({ url, namespaceaddress, path }: ListedEndpoint['endpoint']['cells']): string | null {
  if (typeof url === 'string' && url !== '') return shownUrl(url);
  return typeof namespaceaddress === 'string' ? `${namespaceaddress}${path ?? ''}` : null;
}
