import { equal } from 'node:assert/strict';
import { createEnvironment } from '../support/environment.js';
import { GatewayProcess } from '../support/gateway-process.js';
import { until } from '../support/until.js';
import { KEY, KEY_NAME } from './support/broker.js';
import { POST_PATH, type Scene } from './support/scene.js';

const NAMESPACE = 'sb://shop.servicebus.windows.net';

/** The whole way: gateway, emulated Dataverse, its post to the broker, the gateway's listener, `confirmedAt`. */
export async function confirmsOverTheBroker(scene: Scene): Promise<void> {
  const environment = await createEnvironment({ webhookRoutes: new Map([[NAMESPACE, scene.postAddress]]) });
  const { tables } = environment.emulator;
  const endpoint = tables.putRow('serviceendpoint', {
    name: 'Receipts',
    contract: 6,
    authtype: 2,
    messageformat: 2,
    namespaceformat: 2,
    namespaceaddress: `${NAMESPACE}/`,
    path: POST_PATH,
    saskeyname: KEY_NAME,
    saskey: KEY,
  });
  const message = tables.rows('sdkmessage').find(({ name }) => name === 'contoso_CustomerPurchase');
  tables.putRow('sdkmessageprocessingstep', {
    name: 'Receipts: contoso_CustomerPurchase',
    sdkmessageid: message?.sdkmessageid ?? null,
    eventhandler: endpoint.serviceendpointid ?? null,
    stage: 40,
    mode: 1,
  });
  const settings = { SERVICE_BUS_CONNECTION_STRING: scene.connectionString, SERVICE_BUS_QUEUE: 'receipts' };
  const gateway = await GatewayProcess.start({ ...environment.settings, ...settings });
  try {
    const apiKey = await environment.createClient('shop');
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` };
    const types = await fetch(`${gateway.url}/v1/event-types/CustomerPurchase`, { headers });
    const { example } = (await types.json()) as { example: object };
    const body = JSON.stringify(example);
    const published = await fetch(`${gateway.url}/v1/events/customer-purchase`, { method: 'POST', headers, body });
    equal(published.status, 202);
    const { id } = (await published.json()) as { id: string };
    await until(async () => {
      const event = await fetch(`${gateway.url}/v1/events/${id}`, { headers });
      return ((await event.json()) as { confirmedAt?: string | null }).confirmedAt != null;
    });
  } finally {
    await gateway.stop();
    await environment.remove();
  }
}
