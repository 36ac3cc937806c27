import { describe, expect, it } from '@jest/globals';
import type { Tables } from '../../src/emulator/tables/tables.js';
import {
  apiBody,
  created,
  HOW,
  queueBody,
  rowOf,
  seededTables,
  stepBody,
  webhookBody,
} from './support/seeded-tables.js';

const message = 'contoso_OnPurchase';

function withEndpoint(allowedcustomprocessingsteptype = 1) {
  const tables = seededTables();
  created(tables, 'customapi', apiBody({ allowedcustomprocessingsteptype }));
  return { tables, endpoint: created(tables, 'serviceendpoint', webhookBody()) };
}

function filterOf(tables: Tables, name: string, table = 'none') {
  const { sdkmessageid = null } = rowOf(tables, 'sdkmessage', { name });
  return rowOf(tables, 'sdkmessagefilter', { sdkmessageid, primaryobjecttypecode: table }).sdkmessagefilterid;
}

describe('a step', () => {
  it('that is asynchronous and post-operation is taken, with and without filter', () => {
    const { tables, endpoint } = withEndpoint();
    const filter = { 'sdkmessagefilterid@odata.bind': `/sdkmessagefilters(${filterOf(tables, message)})` };
    for (const more of [{}, filter, { asyncautodelete: true, supporteddeployment: 0 }]) {
      const id = created(tables, 'sdkmessageprocessingstep', stepBody(tables, { message, endpoint }, more));
      expect(tables.find('sdkmessageprocessingstep', id)).toMatchObject({
        stage: 40,
        mode: 1,
        eventhandler: endpoint,
        statecode: 0,
      });
    }
  });

  const rules: readonly (readonly [number, number, number, string | null])[] = [
    [0, 1, 40, '0x80044187'],
    [0, 0, 40, '0x80044187'],
    [1, 0, 40, '0x80044187'],
    [1, 0, 20, '0x80044187'],
    [1, 1, 40, null],
    [1, 1, 20, '0x80040203'],
    [1, 1, 10, '0x80040203'],
    [2, 1, 40, null],
    [2, 0, 40, null],
    [2, 0, 10, null],
    [2, 0, 30, '0x80040203'],
    [2, 0, 45, '0x80040203'],
  ];
  it.each(rules)('on an API that allows %i, in mode %i at stage %i: %s', (allowed, mode, stage, code) => {
    const { tables, endpoint } = withEndpoint(allowed);
    const result = tables.create(
      'sdkmessageprocessingstep',
      stepBody(tables, { message, endpoint }, { mode, stage }),
      HOW,
    );
    expect(result).toMatchObject(code === null ? { kind: 'done' } : { kind: 'refused', status: 400, code });
  });

  it('cannot become synchronous on an Async Only API', () => {
    const { tables, endpoint } = withEndpoint();
    const id = created(tables, 'sdkmessageprocessingstep', stepBody(tables, { message, endpoint }));
    expect(tables.update(['sdkmessageprocessingstep', id], { mode: 0 }, HOW)).toMatchObject({ code: '0x80044187' });
    expect(tables.update(['sdkmessageprocessingstep', id], { statecode: 1 }, HOW)).toMatchObject({ kind: 'done' });
    expect(tables.find('sdkmessageprocessingstep', id)).toMatchObject({ mode: 1, statecode: 1, statuscode: 2 });
  });

  const refused: readonly (readonly [string, (tables: Tables) => Record<string, unknown>, string, RegExp])[] = [
    ['without handler', () => ({ 'eventhandler_serviceendpoint@odata.bind': null }), '0x80040203', /'eventhandler'/],
    ['without message', () => ({ 'sdkmessageid@odata.bind': null }), '0x80040203', /'sdkmessageid'/],
    ['without name', () => ({ name: null }), '0x80040203', /'name'/],
    ['with configuration for a webhook', () => ({ configuration: 'x' }), '0x80040203', /configuration/],
    [
      'with a navigation in PascalCase',
      () => ({ 'SdkMessageId@odata.bind': 'sdkmessages(x)' }),
      '0x80048d19',
      /undeclared property 'SdkMessageId'/,
    ],
    [
      'with the filter of another message',
      (tables) => ({ 'sdkmessagefilterid@odata.bind': `sdkmessagefilters(${filterOf(tables, 'Create', 'account')})` }),
      '0x80040203',
      /not one of the message/,
    ],
  ];
  it.each(refused)('%s is refused', (_case, more, code, text) => {
    const { tables, endpoint } = withEndpoint();
    const body = stepBody(tables, { message, endpoint }, more(tables));
    expect(tables.create('sdkmessageprocessingstep', body, HOW)).toMatchObject({
      status: 400,
      code,
      message: expect.stringMatching(text),
    });
  });

  const systemMessages = [
    ['Create', 'account', true],
    ['RetrieveFormattedImportJobResults', 'none', false],
  ] as const;
  it.each(systemMessages)('on the system message %s of %s: taken %s', (name, table, taken) => {
    const { tables, endpoint } = withEndpoint();
    const filter = { 'sdkmessagefilterid@odata.bind': `sdkmessagefilters(${filterOf(tables, name, table)})` };
    for (const more of [{}, filter]) {
      const result = tables.create(
        'sdkmessageprocessingstep',
        stepBody(tables, { message: name, endpoint }, more),
        HOW,
      );
      expect(result).toMatchObject(taken ? { kind: 'done' } : { code: '0x80044187' });
    }
  });

  it('that posts to a service bus is asynchronous only', () => {
    const { tables } = withEndpoint(2);
    const endpoint = created(tables, 'serviceendpoint', queueBody());
    expect(
      tables.create('sdkmessageprocessingstep', stepBody(tables, { message, endpoint }, { mode: 0 }), HOW),
    ).toMatchObject({
      status: 400,
      message: expect.stringMatching(/asynchronous/),
    });
    expect(tables.create('sdkmessageprocessingstep', stepBody(tables, { message, endpoint }), HOW)).toMatchObject({
      kind: 'done',
    });
  });

  it('may be handled by a plug-in', () => {
    const { tables, endpoint } = withEndpoint();
    const { plugintypeid } = tables.putRow('plugintype', { typename: 'Contoso.Plugin' });
    const body = stepBody(
      tables,
      { message, endpoint },
      { 'eventhandler_plugintype@odata.bind': `plugintypes(${plugintypeid})` },
    );
    const { 'eventhandler_serviceendpoint@odata.bind': _webhook, ...handledByPlugin } = body;
    const id = created(tables, 'sdkmessageprocessingstep', handledByPlugin);
    expect(tables.find('sdkmessageprocessingstep', id)?.eventhandler).toBe(plugintypeid);
  });
});

describe('an image', () => {
  it.each([
    [message, '0x80044189'],
    ['Update', null],
  ])('on %s: %s', (name, code) => {
    const { tables, endpoint } = withEndpoint();
    const step = created(tables, 'sdkmessageprocessingstep', stepBody(tables, { message: name, endpoint }));
    const body = {
      entityalias: 'before',
      imagetype: 0,
      messagepropertyname: 'Target',
      'sdkmessageprocessingstepid@odata.bind': `sdkmessageprocessingsteps(${step})`,
    };
    const result = tables.create('sdkmessageprocessingstepimage', body, HOW);
    expect(result).toMatchObject(
      code === null
        ? { kind: 'done' }
        : { status: 400, code, message: expect.stringMatching(/does not support image/) },
    );
  });
});
