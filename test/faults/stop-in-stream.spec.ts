import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LineStream, type ResultLine, wordsOf } from '../ingest/support/line-stream.js';
import { createEnvironment, type Environment } from '../support/environment.js';
import { GatewayProcess } from '../support/gateway-process.js';
import { purchaseOf } from '../support/purchase-load.js';
import { until } from '../support/until.js';

const PATH = '/v1/events/customer-purchase/batch';
/** More than a gateway takes in before the test stops it. */
const LINES = 200_000;

let environment: Environment;
let gateway: GatewayProcess;
let apiKey: string;
beforeEach(async () => {
  environment = await createEnvironment();
  apiKey = await environment.createClient('till');
  gateway = await GatewayProcess.start(environment.settings);
});
afterEach(async () => {
  await gateway.kill();
  await environment.remove();
});

function open(): LineStream {
  return LineStream.open({ url: gateway.url, apiKey }, PATH);
}

/** A stream in full flow: some of it is answered, and far more of it is on its way. */
async function flowing(): Promise<LineStream> {
  const stream = open();
  let text = '';
  for (let n = 1; n <= LINES; n++) text += `${JSON.stringify(purchaseOf(`stream-${n}`))}\n`;
  stream.write(text).end();
  await stream.first(1_000);
  return stream;
}

/** Sends lines again that were accepted: what comes back says whether they are there. */
async function expectKept(accepted: readonly ResultLine[]): Promise<void> {
  gateway = await GatewayProcess.start(environment.settings);
  const again = open();
  for (const { line } of accepted) again.write(`${JSON.stringify(purchaseOf(`stream-${line}`))}\n`);
  const results = await again.end().all();
  expect(results.every(({ result }) => result === 'repeated')).toBe(true);
  expect(results.map(({ receipt }) => receipt?.id)).toEqual(accepted.map(({ receipt }) => receipt?.id));
}

describe('the built gateway, in the middle of a stream,', () => {
  it('stops on SIGTERM, says so in the last line, and kept what it answered', async () => {
    const stream = await flowing();
    expect(await gateway.stop()).toBe(0);
    const results = await stream.all();
    const accepted = results.filter(({ result }) => result === 'accepted');
    expect(accepted.length).toBeLessThan(LINES);
    const refused = wordsOf(results.slice(accepted.length));
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every((word) => word.endsWith(' shutting-down'))).toBe(true);
    await expectKept(accepted);
  }, 120_000);

  it('is killed, and kept what it answered', async () => {
    const stream = await flowing();
    await gateway.kill();
    const accepted = (await stream.all()).filter(({ result }) => result === 'accepted');
    expect(accepted.length).toBeGreaterThanOrEqual(1_000);
    await expectKept(accepted);
    await until(() => environment.emulator.receivedCount >= accepted.length);
  }, 120_000);
});
