import type { Secret } from '../../secret.js';
import type { Cells } from '../deployed/deployed-state.js';
import { authSettingsOf } from './auth-settings.js';
import type { AzureTarget, WebhookTarget, WishedEndpoint } from './wished-endpoint.js';

/** Dataverse's `contract` for a wished endpoint. The only queue type beside relays is the persistent one, 6. */
const CONTRACT = { webhook: 8, 'service-bus-queue': 6, 'service-bus-topic': 5, 'event-hub': 7 } as const;
const MESSAGE_FORMAT = { binary: 1, json: 2, xml: 3 } as const;
const USER_CLAIM = { none: 1, 'user-id': 2, 'user-info': 3 } as const;
const AUTH_TYPE_SAS_KEY = 2;

/** The row of an endpoint: its readable columns, and the one that cannot be read. */
export interface EndpointCells {
  readonly readable: Cells;
  readonly secret: {
    readonly column: 'authvalue' | 'saskey';
    /** Tells whether the deployed row has a value there. */
    readonly flag: 'isauthvalueset' | 'issaskeyset';
    readonly value: Secret;
  };
}

/** The row of an endpoint, in the words of `serviceendpoint`. */
export function endpointCells({ name, description, target }: WishedEndpoint): EndpointCells {
  const cells = target.kind === 'webhook' ? webhookCells(target) : azureCells(target);
  const described = description === null ? {} : { description };
  return { ...cells, readable: { name, ...described, ...cells.readable } };
}

/** Neither a path nor a format: a webhook always gets JSON, and the documented creates leave both out. */
function webhookCells(target: WebhookTarget): EndpointCells {
  const { authtype, authvalue } = authSettingsOf(target.authentication);
  return {
    readable: { contract: CONTRACT.webhook, url: target.url, authtype },
    secret: { column: 'authvalue', flag: 'isauthvalueset', value: authvalue },
  };
}

/**
 * No create of a queue, topic or hub over the Web API is documented; public registrars set these columns through the
 * SDK. That the Web API accepts the same is [inferred]. So is that `solutionnamespace`, which the metadata calls
 * required, need not be sent beside a namespace's address.
 */
function azureCells(target: AzureTarget): EndpointCells {
  return {
    readable: {
      contract: CONTRACT[target.kind],
      namespaceaddress: target.namespaceAddress,
      path: target.path,
      authtype: AUTH_TYPE_SAS_KEY,
      saskeyname: target.sasKeyName,
      messageformat: MESSAGE_FORMAT[target.format],
      userclaim: USER_CLAIM[target.userClaim],
    },
    secret: { column: 'saskey', flag: 'issaskeyset', value: target.sasKey },
  };
}
