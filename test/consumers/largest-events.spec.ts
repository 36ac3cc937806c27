import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { purchases } from './support/purchases.js';
import {
  POINTS_ORIGIN,
  type SubscribedGateway,
  subscribedGateway,
  TOTALS_ORIGIN,
} from './support/subscribed-gateway.js';

/** Of a whole message of Service Bus, the smaller of Dataverse's two limits. */
const LIMIT_BYTES = 192 * 1024;
/** An event that is refused although its context were smaller is refused for nothing. */
const NEEDLESS_BYTES = 140 * 1024;
const LINES = Array.from({ length: 67 }, (_, nth) => 200 - 3 * nth);

describe('the largest event', () => {
  let subscribed: SubscribedGateway;
  let receiver: Server;
  /** Bodies that were posted, in bytes; one that Dataverse had to cut is larger than any. */
  let sizes: number[];
  beforeEach(async () => {
    subscribed = await subscribedGateway();
    sizes = [];
    receiver = createServer((incoming, outgoing) => {
      const isCut = 'x-ms-dynamics-msg-size-exceeded' in incoming.headers;
      sizes.push(isCut ? Number.POSITIVE_INFINITY : Number(incoming.headers['content-length']));
      incoming.resume().on('end', () => outgoing.end());
    });
    receiver.listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const { port } = receiver.address() as AddressInfo;
    for (const origin of [POINTS_ORIGIN, TOTALS_ORIGIN])
      subscribed.emulator.webhookRoutes.set(origin, `http://127.0.0.1:${port}`);
  });
  afterEach(async () => {
    receiver.close();
    receiver.closeAllConnections();
    await subscribed.remove();
  });

  /** Purchases with ever fewer lines, all of them of one character. */
  const full = (character: string) =>
    purchases(LINES.length, 'large').map((purchase, nth) => {
      const line = { sku: character.repeat(64), description: character.repeat(190), quantity: '1', unitPrice: '1' };
      return { ...purchase, lines: Array.from({ length: LINES[nth] ?? 0 }, () => line) };
    });

  // The last two are refused for the 64 KiB of an event first; line breaks are counted as they were outside of lines.
  it.each([
    ['slashes', '/', true],
    ['emoji', '😀', true],
    ['quotes', '"', true],
    ['backslashes', '\\', true],
    ['separators of lines', '\u2028', true],
    ['line breaks', '\n', false],
    ['accents', 'é', false],
    ['letters', 'x', false],
  ])('that is accepted reaches subscribers whole, full of %s', async (_what, character, isBoundByContext) => {
    const ids = await subscribed.deliver(full(character));
    expect(ids).not.toEqual(ids.map(() => 'refused'));
    expect(sizes.length).toBeGreaterThan(0);
    const largest = Math.max(...sizes);
    expect(largest).toBeLessThanOrEqual(LIMIT_BYTES);
    if (isBoundByContext) expect(largest).toBeGreaterThan(NEEDLESS_BYTES);
  });
});
