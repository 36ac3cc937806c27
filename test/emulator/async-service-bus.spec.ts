import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ServiceBusPost } from '../../src/emulator/async-service/service-bus/service-bus-post.js';
import type { Cell } from '../../src/emulator/tables/table-definition.js';
import { DEFAULT_UNCONFIRMED_POINTS } from '../../src/emulator/unconfirmed-points.js';
import { PEER_KEY, PEER_KEY_NAME, ServiceBusPeer } from '../receipts/support/service-bus-peer.js';
import { until } from '../support/until.js';
import { PURCHASE, PURCHASE_BODY } from './support/purchase-api.js';
import { type Running, runningEmulator } from './support/running-emulator.js';
import { jobsOf, registerWebhook } from './support/webhooks.js';

const NAME = PURCHASE.uniqueName;
const CLAIMS = 'http://schemas.microsoft.com/xrm/2011/Claims/';

/** As a context it has more than 192 KB, for its parameters come twice. */
const LARGE_BODY = PURCHASE_BODY.replace('}', `,"Note":"${'x'.repeat(100 * 1024)}"}`);

/** A queue of Service Bus as it is registered in Dataverse. */
const ENDPOINT: Readonly<Record<string, Cell>> = {
  contract: 6,
  authtype: 2,
  messageformat: 2,
  namespaceformat: 2,
  namespaceaddress: 'sb://shop.servicebus.windows.net/',
  solutionnamespace: 'shop',
  path: 'events',
  saskeyname: PEER_KEY_NAME,
  saskey: PEER_KEY,
  url: null,
  authvalue: null,
};

describe('A step of an endpoint on Service Bus', () => {
  let peer: ServiceBusPeer;
  let running: Running;

  beforeEach(async () => {
    peer = await ServiceBusPeer.start(['events']);
    const webhookRoutes = new Map([['sb://shop.servicebus.windows.net', `amqp://127.0.0.1:${peer.port}`]]);
    running = await runningEmulator({ webhookRoutes });
  });

  afterEach(() => peer.stop());

  const posted = () => peer.queues.get('events')?.messages ?? [];

  async function callWith(endpoint: Readonly<Record<string, Cell>> = {}): Promise<void> {
    registerWebhook(running.emulator, { endpoint: { ...ENDPOINT, ...endpoint } });
    await running.client.call(NAME, PURCHASE_BODY);
  }

  it.each([
    ['a queue', 6],
    ['a topic', 5],
    ['an event hub', 7],
  ])('posts to %s, with the documented properties', async (_what, contract) => {
    await callWith({ contract });
    await running.emulator.asyncService.whenIdle();
    const [message] = posted();
    const user = running.emulator.tables.rows('systemuser')[0]?.systemuserid;
    expect(message).toMatchObject({
      content_type: 'application/json',
      application_properties: {
        [`${CLAIMS}Organization`]: expect.stringMatching(/^https:\/\/.*\/$/),
        [`${CLAIMS}User`]: user,
        [`${CLAIMS}InitiatingUser`]: user,
        [`${CLAIMS}EntityLogicalName`]: 'none',
        [`${CLAIMS}RequestName`]: NAME,
      },
    });
    expect(JSON.parse(peer.textOf(message))).toMatchObject({ MessageName: NAME });
    expect(jobsOf(running.emulator)).toMatchObject([{ statecode: 3, statuscode: 30 }]);
  });

  it('uses a connection for many posts', async () => {
    registerWebhook(running.emulator, { endpoint: ENDPOINT });
    for (let n = 0; n < 20; n += 1) await running.client.call(NAME, PURCHASE_BODY);
    await running.emulator.asyncService.whenIdle();
    expect([posted().length, peer.connectionCount]).toEqual([20, 1]);
  });

  it('finds a namespace by its name alone', async () => {
    await callWith({ namespaceformat: 1, namespaceaddress: null });
    await running.emulator.asyncService.whenIdle();
    expect(posted()).toHaveLength(1);
  });

  it.each<readonly [string, Readonly<Record<string, Cell>>]>([
    ['another contract', { contract: 9 }],
    ['another way to authenticate', { authtype: 3 }],
    ['XML', { messageformat: 3 }],
    ['no key', { saskey: null }],
    ['an address that is none', { namespaceaddress: 'https://shop.servicebus.windows.net' }],
  ])('fails the job for an endpoint with %s, and says what to change', async (_what, endpoint) => {
    await callWith(endpoint);
    await running.emulator.asyncService.whenIdle();
    expect(jobsOf(running.emulator)).toMatchObject([{ statecode: 3, statuscode: 31 }]);
    expect(running.emulator.asyncService.posts.all()).toMatchObject([{ outcome: 'failed', errorCode: '0x80081112' }]);
    expect(posted()).toEqual([]);
  });

  describe('that the bus refuses', () => {
    beforeEach(() => {
      running.emulator.settings.postponeMs = 1;
    });

    it.each<readonly [string, Readonly<Record<string, Cell>>, string]>([
      ['for its key', { saskey: 'another' }, 'amqp:unauthorized-access'],
      ['for its path', { path: 'nowhere' }, 'amqp:not-found'],
    ])('%s waits, is tried again and fails in the end', async (_why, endpoint, condition) => {
      running.emulator.settings.postponeTries = 2;
      await callWith(endpoint);
      await running.emulator.asyncService.whenIdle();
      expect(jobsOf(running.emulator)).toMatchObject([{ statuscode: 31, errorcode: 0x80044175 | 0 }]);
      expect(JSON.stringify(jobsOf(running.emulator))).toContain(condition);
      expect(running.emulator.asyncService.posts.all()).toHaveLength(2);
    });

    it('comes through after an outage', async () => {
      await peer.stop();
      await callWith();
      await until(() => running.emulator.asyncService.posts.all().length >= 1);
      await peer.listen();
      await running.emulator.asyncService.whenIdle();
      expect(posted()).toHaveLength(1);
      expect(jobsOf(running.emulator)).toMatchObject([{ statuscode: 30 }]);
    });

    it('comes through on a new connection where the one that was kept is cut', async () => {
      registerWebhook(running.emulator, { endpoint: ENDPOINT });
      await running.client.call(NAME, PURCHASE_BODY);
      await running.emulator.asyncService.whenIdle();
      peer.cut();
      await running.client.call(NAME, PURCHASE_BODY);
      await running.emulator.asyncService.whenIdle();
      expect(posted()).toHaveLength(2);
    });
  });

  describe('that is too large', () => {
    it('is posted without its parameters, which a property tells', async () => {
      registerWebhook(running.emulator, { endpoint: ENDPOINT });
      await running.client.call(NAME, LARGE_BODY);
      await running.emulator.asyncService.whenIdle();
      const [message] = posted();
      expect(message?.application_properties).toMatchObject({ MessageMaxSizeExceeded: true });
      expect(JSON.parse(peer.textOf(message))).not.toHaveProperty('InputParameters');
    });
  });

  describe('where no bus is', () => {
    let closed: (() => Promise<void>) | null = null;
    afterEach(() => closed?.());

    /** Leads posts to a server that does this with each connection; the sockets it got. */
    async function leadTo(met: (socket: Socket) => void): Promise<readonly Socket[]> {
      const sockets: Socket[] = [];
      const server = createServer((socket) => {
        sockets.push(socket.on('error', () => undefined).resume());
        met(socket);
      }).listen(0, '127.0.0.1');
      closed = async () => {
        for (const socket of sockets) socket.destroy();
        await promisify(server.close.bind(server))();
      };
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      running.emulator.webhookRoutes.set('sb://shop.servicebus.windows.net', `amqp://127.0.0.1:${port}`);
      return sockets;
    }

    it('does not hold up the end of the emulator, nor leave its connection open', async () => {
      const sockets = await leadTo(() => undefined);
      await callWith();
      await until(() => sockets.length === 1);
      await running.emulator.stop();
      await until(() => sockets.every(({ destroyed }) => destroyed));
    });

    it('leaves no connection open that was given up', async () => {
      const sockets = await leadTo(() => undefined);
      const { webhookRoutes: routes, tables } = running.emulator;
      registerWebhook(running.emulator, { endpoint: ENDPOINT });
      const posts = new ServiceBusPost({ routes, points: DEFAULT_UNCONFIRMED_POINTS, patienceMs: 30 });
      const facts = { organization: 'x', jobId: '', requestName: NAME, correlationId: '', userId: '' };
      const order = {
        endpoint: tables.rows('serviceendpoint')[0] ?? {},
        context: '{}',
        facts: { ...facts, initiatingUserId: '', postponed: 0 },
        signal: new AbortController().signal,
      };
      for (let n = 0; n < 3; n += 1) {
        expect(await posts.post(order)).toMatchObject({ kind: 'later', detail: 'The bus did not answer in time.' });
      }
      await until(() => sockets.length === 3 && sockets.every(({ destroyed }) => destroyed));
      await posts.close();
    });

    it('says so where another protocol is spoken, at once and without a word on standard error', async () => {
      const written: string[] = [];
      const { error } = console;
      console.error = (text: string) => void written.push(text);
      await leadTo((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
      running.emulator.settings.postponeTries = 1;
      await callWith();
      await running.emulator.asyncService.whenIdle();
      console.error = error;
      expect(jobsOf(running.emulator)).toMatchObject([
        { statuscode: 31, message: expect.stringContaining('What listens there speaks no AMQP 1.0.') },
      ]);
      expect(written).toEqual([]);
    });
  });
});
