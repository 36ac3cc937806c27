import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { definitionOf } from '../../src/contract/business-event.js';
import { canonicalJson } from '../../src/contract/canonical-json.js';
import { customApiFor } from '../../src/contract/custom-api.js';
import { EventCatalog } from '../../src/contract/event-catalog.js';
import type { EventDefinition } from '../../src/contract/event-definition.js';
import type { Credential } from '../../src/dataverse/credential.js';
import { DataverseConnection } from '../../src/dataverse/dataverse-connection.js';
import { DataverseDestination } from '../../src/dataverse/dataverse-destination.js';
import type { CallReport, Outcome } from '../../src/delivery/destination.js';
import { Emulator } from '../../src/emulator/emulator.js';
import type { NewApplicationUser } from '../../src/emulator/entra/application-user.js';
import type { ClaimedEvent } from '../../src/outbox/outbox.js';
import { createClientPem } from './support/certificates.js';
import { Everything } from './support/everything.event.js';
import { always, claimed, loadEvents, optionsFor, PREFIX, ShiftedClock, USER } from './support/gateway-side.js';

const SECRET = 'kept-to-ourselves';

/** The other side as a product of its own, written from the same documentation and sharing no code. */
describe('DataverseDestination against the emulator', () => {
  let definitions: readonly EventDefinition[];
  let emulator: Emulator;
  let destination: DataverseDestination;

  beforeAll(async () => {
    const everything = definitionOf(Everything);
    definitions = [...(await loadEvents()).definitions, ...(everything === null ? [] : [everything])];
    emulator = await Emulator.start({ customApis: definitions.map((definition) => customApiFor(definition, PREFIX)) });
  });

  afterAll(() => emulator.stop());

  beforeEach(() => {
    emulator.reset();
    emulator.registerApplicationUser({ clientId: USER, clientSecret: SECRET });
    destination = destinationWith({ kind: 'secret', clientSecret: SECRET });
  });

  afterEach(() => destination.close());

  function destinationWith(credential: Credential): DataverseDestination {
    const { tenantId } = emulator;
    const applicationUsers = [{ clientId: USER, credential }];
    const options = optionsFor(emulator, emulator.caCertificate, { tenantId, applicationUsers });
    return new DataverseDestination(
      new DataverseConnection(options, new ShiftedClock()),
      new EventCatalog(definitions),
    );
  }

  async function deliver(event?: ClaimedEvent): Promise<CallReport> {
    return destination.deliver(event ?? (await claimed('CustomerPurchase')), USER, always);
  }

  it('delivers every shipped event with the parameters that were stored', async () => {
    for (const definition of (await loadEvents()).definitions) {
      const event = await claimed(definition.type);
      expect(await deliver(event)).toMatchObject({ outcome: { kind: 'delivered' }, httpStatus: 204 });
      expect(emulator.received().at(-1)).toMatchObject({
        tag: event.id,
        parameters: { EventId: event.id, EventSource: event.source },
      });
    }
  });

  it('delivers all thirteen types of parameters, every digit of them', async () => {
    const { example } = definitions.find(({ type }) => type === 'Everything') ?? {
      example: {} as EventDefinition['example'],
    };
    const event = await claimed('Everything', { data: canonicalJson(example) });

    expect(await deliver(event)).toMatchObject({ outcome: { kind: 'delivered' } });

    const [call] = emulator.received();
    expect(call?.parameters).toMatchObject({
      Text: example.text,
      OccurredAt: example.occurredAt,
      Amount: '-999999999999999.9900',
      Decimal: '123456789012345.0000000001',
      Integer: '-2147483648',
      Float: '1.5e-9',
      Flag: false,
      Option: '2',
      List: ['a', 'b'],
      ContactId: { contactid: example.contactId },
      Record: { sku: 'A', quantity: '1.50' },
      Records: [{ quantity: '1.50' }, { quantity: '0.0000000001' }],
      Lines: '[{"quantity":"1.50","sku":"A"}]',
    });
  });

  it('probes with WhoAmI, which raises no event', async () => {
    expect(await destination.probe(USER, always)).toMatchObject({
      outcome: { kind: 'delivered' },
      httpStatus: 200,
      hints: { parallelism: 10, remainingRequests: 5999, remainingTimeMs: expect.any(Number) },
    });
    expect(emulator.receivedCount).toBe(0);
  });

  it('gets over the end of every token in the middle of fifty calls with one more token request', async () => {
    await deliver();
    emulator.revokeTokens();
    const before = tokenRequests();
    const reports = await Promise.all(Array.from({ length: 50 }, () => deliver()));
    expect(reports.map((report) => report.outcome?.kind)).toEqual(Array(50).fill('delivered'));
    expect(tokenRequests() - before).toBe(1);
    expect(emulator.receivedCount).toBe(51);
  });

  it('is uncertain of a call whose answer was lost after the commit, and does not repeat it', async () => {
    await deliver();
    emulator.resetAfterCommit();
    expect((await deliver()).outcome).toEqual({ kind: 'uncertain' });
    expect(emulator.receivedCount).toBe(2);
  });

  it.each<readonly [string, (own: Emulator) => void, Outcome, number]>([
    [
      'throttled, with the time to wait',
      (own) => own.throttleNext(1, { retryAfterSeconds: 3 }),
      { kind: 'throttled', retryAfterMs: 3000, limit: 'requests' },
      0,
    ],
    [
      'throttled, without a time',
      (own) => own.throttleNext(1, { facet: 'concurrency', retryAfterSeconds: null }),
      { kind: 'throttled', retryAfterMs: null, limit: 'concurrency' },
      0,
    ],
    ['transient on a deadlock', (own) => own.failNext({ status: 500, code: '0x80044150' }), { kind: 'transient' }, 0],
    [
      'conflicted on a plug-in that aborts',
      (own) => own.failNext({ status: 400, code: '0x80040265' }),
      { kind: 'conflicted' },
      0,
    ],
    ['uncertain after a 502', (own) => own.failNext({ status: 502 }), { kind: 'uncertain' }, 0],
    ['uncertain after a reset before the commit', (own) => own.resetBeforeCommit(), { kind: 'uncertain' }, 0],
    ['delivered by half an answer', (own) => own.fault({ kind: 'truncate' }), { kind: 'delivered' }, 1],
    ['delivered after a token that expired just then', (own) => own.expireTokenOnNext(), { kind: 'delivered' }, 1],
  ])('is %s', async (_, order, outcome, received) => {
    order(emulator);
    expect((await deliver()).outcome).toEqual(outcome);
    expect(emulator.receivedCount).toBe(received);
  });

  it.each<readonly [string, NewApplicationUser['access'], string]>([
    ['a member of the environment', 'no-application-user', '0x80072560'],
    ['given any role', 'no-roles', '0x80042f09'],
  ])('is forbidden for a user that is not %s', async (_, access, errorCode) => {
    emulator.registerApplicationUser({
      clientId: USER,
      clientSecret: SECRET,
      ...(access === undefined ? {} : { access }),
    });
    expect(await deliver()).toMatchObject({
      outcome: { kind: 'forbidden', scope: 'user' },
      httpStatus: 403,
      errorCode,
    });
  });

  it('is misconfigured for a user whose secret was revoked, and says what Entra said', async () => {
    emulator.revokeSecret(USER);
    expect(await deliver()).toMatchObject({
      outcome: { kind: 'misconfigured', scope: 'user' },
      errorCode: 'AADSTS7000215',
      detail: expect.stringMatching(/: the client secret is wrong$/),
    });
  });

  it('is misconfigured for a type whose custom API is not registered', async () => {
    const [api] = emulator.customApis;
    if (api === undefined) throw new Error('no custom API');
    emulator.removeCustomApi(api.uniqueName);
    const report = await deliver(await claimed('CustomerPurchase'));
    emulator.putCustomApi(api);
    expect(report).toMatchObject({
      outcome: { kind: 'misconfigured', scope: 'type' },
      httpStatus: 404,
      errorCode: '0x8006088a',
    });
  });

  it('opens with a certificate that Entra knows, its signature verified', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'certificate-'));
    const path = join(folder, 'client.pem');
    const pem = await createClientPem();
    await writeFile(path, pem);
    emulator.registerApplicationUser({ clientId: USER, certificates: [pem.slice(pem.indexOf('-----BEGIN CERT'))] });
    const own = destinationWith({ kind: 'certificate', path });
    const report = await own.deliver(await claimed('CustomerPurchase'), USER, always);
    own.close();
    await rm(folder, { recursive: true });
    expect(report.outcome).toEqual({ kind: 'delivered' });
  });

  function tokenRequests(): number {
    return emulator.requests().filter((request) => request.url.includes('/oauth2/')).length;
  }
});
