import type { DeployedStep } from '../provisioning/endpoints/deployed-endpoint.js';
import { isOfReceiver } from '../provisioning/endpoints/own-receiver.js';
import { isSameName } from '../provisioning/same-name.js';
import type { Finding } from './check-step.js';

/**
 * Whether Dataverse confirms the events it raises: an enabled step to the receiver of a gateway on each custom API.
 * Whether that receiver is this gateway's, only `verify --receiver` can tell, which gets the address.
 */
export function judgeReceipts(customApis: readonly string[], steps: readonly DeployedStep[]): Finding {
  const leading = steps.filter(({ name, cells }) => isOfReceiver(name) && cells.statecode === 0);
  const without = customApis.filter((api) => !leading.some(({ message }) => isSameName(message, api)));
  if (without.length === 0) return { result: 'ok', detail: "a step to a gateway's receiver is on each custom API" };
  return {
    result: 'warning',
    detail: `receipts are expected, and no step to a gateway's receiver is enabled on ${without.join(', ')}`,
    advice:
      "Its events are delivered and stay unconfirmed. `dataverse apply --receiver <the gateway's public address>` mends it.",
  };
}
