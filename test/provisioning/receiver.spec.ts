import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Cell, Row } from '../../src/emulator/tables/table-definition.js';
import {
  BY_HEADER,
  createReceiverEnvironment,
  HOOK_KEY,
  ORIGIN,
  RECEIVER,
  type ReceiverEnvironment,
} from './support/receiver-environment.js';

const API = 'contoso_CustomerPurchase';
const STEP = `${RECEIVER}: ${API}`;

let environment: ReceiverEnvironment;
beforeEach(async () => {
  environment = await createReceiverEnvironment();
});
afterEach(() => environment.remove());

const apply = (...more: readonly string[]) => environment.withReceiver('apply', '--yes', ...more);
const idOf = (table: string, where: Row) => String(environment.rows(table, where)[0]?.[`${table}id`]);
const change = (table: string, name: string, cells: Readonly<Record<string, Cell>>) =>
  environment.emulator.tables.changeRow(table, idOf(table, { name }), cells);

describe("the gateway's own receiver", () => {
  it('is registered with a step for every event type by one flag, and then there is nothing to do', async () => {
    expect(await apply()).toMatchObject({ exitCode: 0, stderr: '' });
    const messages = environment.rows('customapi').map(({ uniquename }) => uniquename);
    expect(environment.steps().toSorted()).toEqual(messages.map((message) => `${RECEIVER}: ${message}`).toSorted());
    expect(environment.rows('serviceendpoint')).toMatchObject([
      {
        name: RECEIVER,
        contract: 8,
        url: `${ORIGIN}/hooks/dataverse`,
        authtype: 5,
        authvalue: `<settings><setting name="x-hook-key" value="${HOOK_KEY}"/></settings>`,
      },
    ]);
    expect(environment.rows('sdkmessageprocessingstep', { name: STEP })).toMatchObject([{ stage: 40, mode: 1 }]);
    environment.writes();
    expect(await apply()).toMatchObject({ exitCode: 0 });
    expect(environment.writes()).toEqual([]);
    expect(await environment.withReceiver('plan')).toMatchObject({ exitCode: 0 });
    expect(await environment.withReceiver('verify')).toMatchObject({ exitCode: 0 });
  });

  it.each([
    ['webhook-key', { kind: 'webhook-key', key: HOOK_KEY }, 4, HOOK_KEY],
    [
      'query-string',
      { kind: 'query-string', parameters: { sig: '<&>-of-the-parameter' } },
      6,
      '<settings><setting name="sig" value="&lt;&amp;&gt;-of-the-parameter"/></settings>',
    ],
  ])('is called as HOOK_AUTH_FILE says: %s', async (_kind, way, authtype, authvalue) => {
    await environment.authenticateBy(way);
    expect(await apply()).toMatchObject({ exitCode: 0, stderr: '' });
    expect(environment.rows('serviceendpoint')).toMatchObject([{ authtype, authvalue }]);
  });

  it('may be called by anybody where the file says so, and that is warned about', async () => {
    await environment.authenticateBy({ kind: 'anonymous' });
    expect(await apply()).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('authenticates nobody') });
  });

  it.each<[string, string, Cell]>([
    ['sdkmessageprocessingstep', 'statecode', 1],
    ['sdkmessageprocessingstep', 'mode', 0],
    ['serviceendpoint', 'url', 'https://elsewhere.example.com/'],
    ['serviceendpoint', 'authtype', 4],
  ])('is verified: %s with another %s', async (table, column, value) => {
    await apply();
    change(table, table === 'serviceendpoint' ? RECEIVER : STEP, { [column]: value });
    const verified = await environment.withReceiver('verify');
    expect(verified).toMatchObject({ exitCode: 2, stdout: expect.stringContaining(`${column} is ${value}`) });
    expect(await apply()).toMatchObject({ exitCode: 0 });
    expect(await environment.withReceiver('verify')).toMatchObject({ exitCode: 0 });
  });

  it('is verified: a step is missing, or leads elsewhere', async () => {
    await apply();
    const { tables } = environment.emulator;
    const { serviceendpointid = null } = tables.putRow('serviceendpoint', { name: 'Other', contract: 8, authtype: 4 });
    change('sdkmessageprocessingstep', STEP, { eventhandler: serviceendpointid });
    const elsewhere = await environment.withReceiver('verify');
    expect(elsewhere).toMatchObject({ exitCode: 2, stdout: expect.stringContaining('events go to another receiver') });
    tables.removeRow('sdkmessageprocessingstep', idOf('sdkmessageprocessingstep', { name: STEP }));
    const missing = await environment.withReceiver('verify');
    expect(missing).toMatchObject({ exitCode: 2, stdout: expect.stringContaining(`The step '${STEP}' is missing`) });
    expect(await apply()).toMatchObject({ exitCode: 0 });
    expect(await environment.withReceiver('verify')).toMatchObject({ exitCode: 0 });
  });

  it('is told the newer secret after a rotation, and only where somebody asks for it', async () => {
    await apply();
    await environment.authenticateBy([{ kind: 'http-header', headers: { 'x-hook-key': 'newer' } }, BY_HEADER]);
    expect(await environment.withReceiver('plan')).toMatchObject({ exitCode: 0 });
    expect(await apply('--write-secrets')).toMatchObject({ exitCode: 0 });
    expect(environment.rows('serviceendpoint')).toMatchObject([{ authvalue: expect.stringContaining('newer') }]);
  });

  it.each([
    ['nobody has to prove anything', { kind: 'anonymous' }, BY_HEADER],
    ['a key has to be sent', BY_HEADER, { kind: 'anonymous' }],
  ])(
    'says that what it sends cannot be read, which hides a way that changed: before, %s',
    async (_was, before, after) => {
      await environment.authenticateBy(before);
      await apply();
      const sent = environment.rows('serviceendpoint');
      await environment.authenticateBy(after);
      for (const run of ['plan', 'verify']) {
        const { exitCode, stdout } = await environment.withReceiver(run);
        expect({ exitCode, stdout }).toEqual({
          exitCode: 0,
          stdout: expect.stringMatching(/cannot be read.*--write-secrets/),
        });
      }
      expect(await apply()).toMatchObject({ stdout: expect.stringMatching(/cannot be read.*--write-secrets/) });
      expect(environment.rows('serviceendpoint')).toEqual(sent);
      expect((await apply('--write-secrets')).stdout).not.toContain('cannot be read');
      expect(environment.rows('serviceendpoint')).not.toEqual(sent);
    },
  );

  it('has its step restored where a custom API is made anew', async () => {
    await apply();
    const id = idOf('customapi', { uniquename: API });
    environment.emulator.tables.changeRow('customapi', id, { allowedcustomprocessingsteptype: 2 });
    const unwished = await environment.dataverse('apply', '--yes', '--without-gate');
    expect(unwished).toMatchObject({ exitCode: 3, stderr: expect.stringContaining(`step ${STEP}`) });
    expect(unwished.stderr).toContain('--endpoints or --receiver are restored where these are given');
    expect(await apply('--recreate', API, '--without-gate')).toMatchObject({ exitCode: 0 });
    expect(environment.rows('sdkmessageprocessingstep', { name: STEP })).toHaveLength(1);
    expect(await environment.withReceiver('plan')).toMatchObject({ exitCode: 0 });
  });

  it("is taken over where somebody else's has its name, and not otherwise", async () => {
    const url = `${ORIGIN}/old`;
    environment.emulator.tables.putRow('serviceendpoint', { name: RECEIVER, contract: 8, authtype: 4, url });
    const refused = await apply();
    expect(refused).toMatchObject({ exitCode: 3, stderr: expect.stringContaining(`--take-over '${RECEIVER}'`) });
    expect(refused.stderr).toContain('--receiver-name');
    expect(await apply('--take-over', RECEIVER)).toMatchObject({ exitCode: 0 });
    expect(environment.rows('serviceendpoint')).toMatchObject([{ name: RECEIVER, url: `${ORIGIN}/hooks/dataverse` }]);
  });

  it('is made for one event type alone where one is named', async () => {
    expect(await apply('--event', 'CustomerPurchase')).toMatchObject({ exitCode: 0 });
    expect(environment.steps()).toEqual([STEP]);
  });

  it('keeps its secret to itself', async () => {
    const runs = [
      await environment.withReceiver('plan', '--json'),
      await apply(),
      await apply('--write-secrets', '--json'),
      await environment.withReceiver('verify', '--json'),
      await environment.dataverse('endpoints', '--all', '--json'),
    ];
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([2, 0, 0, 0, 0]);
    expect(JSON.stringify(runs)).not.toContain(HOOK_KEY);
  });
});
