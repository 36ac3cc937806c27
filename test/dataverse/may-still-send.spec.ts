import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { canonicalJson } from '../../src/contract/canonical-json.js';
import type { DataverseDestination } from '../../src/dataverse/dataverse-destination.js';
import { type CallReport, UNSENT } from '../../src/delivery/destination.js';
import { until } from '../support/until.js';
import { claimed, destinationFor, forever, optionsFor, USER } from './support/gateway-side.js';
import { type HostileCloud, status } from './support/hostile-cloud.js';
import { startTrustedCloud } from './support/trusted-cloud.js';

const TOKEN = JSON.stringify({ token_type: 'Bearer', expires_in: 3600, access_token: 'late' });
const MEBIBYTE = 'x'.repeat(1024 * 1024);

/** A gate may close while a call waits: whoever called is asked right before each request. */
describe('a request', () => {
  let ca: string;
  let cloud: HostileCloud;
  let destination: DataverseDestination;
  let leaves: boolean[];
  let asked: number;

  beforeEach(async () => {
    ({ cloud, ca } = await startTrustedCloud());
    destination = await destinationFor(optionsFor(cloud, ca));
    leaves = [];
    asked = 0;
  });

  afterEach(async () => {
    destination.close();
    await cloud.stop();
  });

  /** Leave is given as a test says, one answer a question, and always after that. */
  function mayStillSend(): boolean {
    asked += 1;
    return leaves.shift() ?? true;
  }

  const options = () => ({ signal: forever, mayStillSend });

  async function deliver(): Promise<CallReport> {
    return destination.deliver(await claimed('CustomerPurchase'), USER, options());
  }

  it('is asked for once where nothing delays it', async () => {
    expect((await deliver()).outcome).toEqual({ kind: 'delivered' });
    expect(asked).toBe(1);
  });

  it('is asked for when the token is there, and not sent after a no', async () => {
    let grant = () => undefined as unknown;
    cloud.nextTokens.push((response, request) => {
      grant = () => status(200, {}, TOKEN)(response, request);
    });
    const calls = Promise.all([deliver(), deliver(), deliver()]);
    await until(() => cloud.tokenRequests.length === 1);
    expect(asked).toBe(0);
    leaves = [false, false, false];
    grant();
    expect(await calls).toEqual([UNSENT, UNSENT, UNSENT]);
    expect([asked, cloud.calls.length]).toEqual([3, 0]);
  });

  it('is not repeated with a new token after a no', async () => {
    cloud.nextCalls.push(status(401));
    leaves = [true, false];
    expect(await deliver()).toEqual(UNSENT);
    expect([cloud.tokenRequests.length, cloud.calls.length]).toEqual([2, 1]);
  });

  it('that probes is not sent after a no either', async () => {
    leaves = [false];
    expect(await destination.probe(USER, options())).toEqual(UNSENT);
    expect(cloud.calls).toEqual([]);
  });

  it('that carries a batch is not sent after a no; what cannot be sent at all is still told', async () => {
    const [first, second] = [await claimed('CustomerPurchase'), await claimed('CustomerPurchase')];
    leaves = [false];
    const reports = await destination.deliverBatch([first, { ...first, type: 'Forgotten' }, second], USER, options());
    expect(reports).toMatchObject([UNSENT, { outcome: { kind: 'misconfigured', scope: 'type' } }, UNSENT]);
    expect(cloud.calls).toEqual([]);
  });

  it('that carries the rest of a large batch is not sent after a no', async () => {
    const example = JSON.parse((await claimed('CustomerPurchase')).data);
    const data = canonicalJson({ ...example, lines: [{ ...example.lines[0], productId: MEBIBYTE }] });
    const events = await Promise.all(Array.from({ length: 6 }, () => claimed('CustomerPurchase', { data })));
    cloud.nextCalls.push(status(500));
    leaves = [true, false];
    const reports = await destination.deliverBatch(events, USER, options());
    const uncertain = { outcome: { kind: 'uncertain' } };
    const sent = reports.filter(({ outcome }) => outcome !== null);
    expect(sent.length).toBeGreaterThan(1);
    expect(reports).toMatchObject([...sent.map(() => uncertain), ...events.slice(sent.length).map(() => UNSENT)]);
    expect(sent.length).toBeLessThan(6);
    expect(cloud.calls).toHaveLength(1);
  });
});
