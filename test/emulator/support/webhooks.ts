import type { Emulator } from '../../../src/emulator/emulator.js';
import type { EmulatorOptions } from '../../../src/emulator/emulator-options.js';
import type { Cell, Row } from '../../../src/emulator/tables/table-definition.js';
import { PURCHASE } from './purchase-api.js';
import { type Behaviour, type Receiver, receiver } from './receiver.js';
import { type Running, runningEmulator } from './running-emulator.js';

type Cells = Readonly<Record<string, Cell>>;

/** The address that a webhook is registered with; a route leads from its origin to a receiver. */
const REGISTERED = 'http://shop.example/hook';
export const REGISTERED_ORIGIN = new URL(REGISTERED).origin;

/** What a test says of an endpoint and its step where it matters. */
export interface Registration {
  readonly message?: string;
  readonly endpoint?: Cells;
  readonly step?: Cells;
}

/** Registers a webhook with one step; resolves to their ids. */
export function registerWebhook(
  { tables }: Pick<Emulator, 'tables'>,
  { message = PURCHASE.uniqueName, endpoint = {}, step = {} }: Registration = {},
): { readonly endpointId: string; readonly stepId: string } {
  const { serviceendpointid = null } = tables.putRow('serviceendpoint', {
    name: 'Shop',
    contract: 8,
    authtype: 5,
    url: REGISTERED,
    authvalue: '<settings><setting name="x-key" value="hunter2" /></settings>',
    ...endpoint,
  });
  const sdkmessageid = tables.rows('sdkmessage').find(({ name }) => name === message)?.sdkmessageid ?? null;
  const { sdkmessageprocessingstepid } = tables.putRow('sdkmessageprocessingstep', {
    name: `Shop: ${message}`,
    sdkmessageid,
    eventhandler: serviceendpointid,
    stage: 40,
    mode: 1,
    ...step,
  });
  return { endpointId: `${serviceendpointid}`, stepId: `${sdkmessageprocessingstepid}` };
}

/** The system jobs of an emulator, oldest first. */
export function jobsOf({ tables }: Emulator): readonly Row[] {
  return tables.rows('asyncoperation');
}

/** An emulator whose purchases are posted to a receiver. */
export async function withWebhook(
  behaviour?: Behaviour,
  { options = {}, ...registration }: Registration & { readonly options?: EmulatorOptions } = {},
): Promise<Running & { readonly shop: Receiver; readonly endpointId: string; readonly stepId: string }> {
  const shop = await receiver(behaviour);
  const running = await runningEmulator({ webhookRoutes: new Map([[REGISTERED_ORIGIN, shop.origin]]), ...options });
  return { ...running, shop, ...registerWebhook(running.emulator, registration) };
}
