import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { provisionEmulator } from '../../src/cli/sandbox/provision-emulator.js';
import type { EventCatalog } from '../../src/contract/event-catalog.js';
import { loadEventCatalog } from '../../src/contract/load-event-catalog.js';
import { Secret } from '../../src/dataverse/secret.js';
import { Emulator } from '../../src/emulator/emulator.js';

const EVENTS = new URL('../../src/events/', import.meta.url);
const NOTHING = { done: [], obstacles: [], declined: [] };

describe('an emulated Dataverse that confirms what it raised', () => {
  let emulator: Emulator;
  let catalog: EventCatalog;
  const provision = (receiver?: { readonly key: string; readonly isSecretNew: boolean }) =>
    provisionEmulator({
      ...{ emulator, catalog, prefix: 'contoso' },
      ...(receiver === undefined ? {} : { receiver: receiverWith(receiver) }),
    });
  const receiverWith = ({ key, isSecretNew }: { readonly key: string; readonly isSecretNew: boolean }) => ({
    url: 'http://gateway.localhost/hooks/dataverse',
    gateway: null,
    authentication: { kind: 'webhook-key', key: new Secret(key) } as const,
    isSecretNew,
  });
  const steps = () => emulator.tables.rows('sdkmessageprocessingstep').map(({ sdkmessageid }) => sdkmessageid);
  const messages = () => emulator.tables.rows('customapi').map(({ sdkmessageid }) => sdkmessageid);

  beforeEach(async () => {
    emulator = await Emulator.start();
    catalog = await loadEventCatalog(EVENTS, 'contoso');
  });
  afterEach(() => emulator.stop());

  it('gets the receiver beside what was provisioned before there was one', async () => {
    await provision();
    const { done } = await provision({ key: 'a', isSecretNew: true });
    expect(done.map(({ action, component }) => `${action} ${component}`)).toEqual([
      'create service-endpoint',
      'create step',
      'create step',
    ]);
    expect(steps().toSorted()).toEqual(messages().toSorted());
    expect(await provision({ key: 'a', isSecretNew: false })).toEqual(NOTHING);
  });

  it('is told a new secret, and no other', async () => {
    await provision({ key: 'a', isSecretNew: true });
    await provision({ key: 'b', isSecretNew: false });
    expect(emulator.tables.rows('serviceendpoint')).toMatchObject([{ authvalue: 'a' }]);
    await provision({ key: 'b', isSecretNew: true });
    expect(emulator.tables.rows('serviceendpoint')).toMatchObject([{ authvalue: 'b' }]);
  });

  it('has its step again where a custom API is made anew: that is no loss somebody has to agree to', async () => {
    await provision({ key: 'a', isSecretNew: true });
    const [api] = emulator.tables.rows('customapi');
    emulator.tables.changeRow('customapi', String(api?.customapiid), { allowedcustomprocessingsteptype: 0 });
    const { done, declined } = await provision({ key: 'a', isSecretNew: false });
    expect(declined).toEqual([]);
    expect(done.map(({ action }) => action)).toContain('recreate');
    expect(steps().toSorted()).toEqual(messages().toSorted());
  });

  it('keeps endpoints and steps of others', async () => {
    const theirs = { name: 'theirs', contract: 8, authtype: 4, url: 'https://a.example' };
    emulator.tables.putRow('serviceendpoint', theirs);
    await provision({ key: 'a', isSecretNew: true });
    expect(emulator.tables.rows('serviceendpoint').map(({ name }) => name)).toContain('theirs');
  });
});
