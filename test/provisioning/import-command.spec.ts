import { readdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ExitCode } from '../../src/cli/exit-codes.js';
import { ParameterType } from '../../src/contract/parameter-type.js';
import { formatted } from './support/events-folder.js';
import { createImportingEnvironment, type ImportingEnvironment } from './support/importing-environment.js';

let environment: ImportingEnvironment;
beforeEach(async () => {
  environment = await createImportingEnvironment();
});
afterEach(() => environment.remove());

const MESSAGE_ID = '0199d1a2-0000-7000-8000-00000000000a';
const WORKFLOW_ID = '0199d1a2-0000-7000-8000-00000000000b';

/** What a maker gets who builds an action in the classic process designer. */
function putProcessAction(how: Readonly<Record<string, string | number>> = {}): void {
  environment.put('sdkmessage', { sdkmessageid: MESSAGE_ID, name: 'contoso_PaymentPosted' });
  environment.put('workflow', {
    workflowid: WORKFLOW_ID,
    name: 'Payment posted',
    uniquename: 'PaymentPosted',
    description: 'A payment was posted.',
    category: 3,
    type: 1,
    statecode: 1,
    sdkmessageid: MESSAGE_ID,
    inputparameters: JSON.stringify([
      { name: 'PaymentId', type: ParameterType.String, required: true },
      { name: 'CompanyCode', type: ParameterType.String, required: true },
      { name: 'TotalAmount', type: ParameterType.Money, required: true },
      { name: 'Vendor', type: ParameterType.EntityReference, table: 'account' },
    ]),
    ...how,
  });
}

const PLACE = ['--catalog', 'Contoso Finance', '--category', 'Payments'];

describe('dataverse import', () => {
  it('writes a definition from a process action, for a custom API beside it', async () => {
    putProcessAction();
    const out = `${environment.folder.path}/payment-posted.event.ts`;
    const run = await environment.run('import', 'contoso_PaymentPosted', '--out', out, ...PLACE);
    expect(run.stderr).toContain(`contoso_PaymentPosted is imported as PaymentPosted: ${out}.`);
    expect(run.stderr).toContain('`plan` will create the custom API contoso_OnPaymentPosted beside it');
    expect(run.stderr).toContain('TotalAmount: it is money or a number; @Amount was taken for @Decimal');
    const text = await environment.folder.read('payment-posted.event.ts');
    expect(text).toBe(await formatted(text));
    const [definition] = (await environment.folder.load()).definitions;
    expect(definition).toMatchObject({ messageName: 'OnPaymentPosted', key: 'paymentId', source: 'companyCode' });
    expect(definition && (await environment.plan(definition))).toContain('create custom-api contoso_OnPaymentPosted');
  });

  it.each<[what: string, how: Readonly<Record<string, string | number>>, exitCode: number, message: string]>([
    ['a draft', { statecode: 0 }, ExitCode.Refused, 'is not activated'],
    ['what runs of an action', { type: 2 }, ExitCode.NotFound, 'There is no custom API and no process action'],
    ['a workflow', { category: 0 }, ExitCode.NotFound, 'There is no custom API and no process action'],
    ['a bound action', { primaryentity: 'account' }, ExitCode.Refused, 'it is bound to the table account'],
  ])('writes nothing for %s', async (_what, how, exitCode, message) => {
    putProcessAction(how);
    const out = `${environment.folder.path}/x.event.ts`;
    const run = await environment.run('import', 'contoso_PaymentPosted', '--out', out, ...PLACE);
    expect(run).toMatchObject({ exitCode, stdout: '', stderr: expect.stringContaining(message) });
    expect(await readdir(environment.folder.path)).toEqual([]);
  });

  it.each(["x' or name ne '", '', 'contoso_Nothing', '../x', '日本'])('finds nothing under %j', async (name) => {
    const run = await environment.run('import', name, '--out', '-');
    expect(run).toMatchObject({ exitCode: ExitCode.NotFound, stdout: '' });
  });

  it('writes no file where one is, nor what another event type carries, unless forced', async () => {
    await environment.run('apply', '--yes');
    const out = `${environment.folder.path}/x.event.ts`;
    const carried = await environment.run('import', 'contoso_CustomerPurchase', '--out', out);
    expect(carried).toMatchObject({
      exitCode: ExitCode.Refused,
      stderr: expect.stringContaining(
        'contoso_CustomerPurchase is carried by the event type CustomerPurchase already.',
      ),
    });
    const renamed = ['import', 'contoso_CustomerPurchase', '--out', out, '--name', 'Sale', '--force'];
    expect(await environment.run(...renamed)).toMatchObject({
      exitCode: ExitCode.Refused,
      stderr: expect.stringContaining('--name CustomerPurchase --force writes its definition anew.'),
    });
    expect(await readdir(environment.folder.path)).toEqual([]);

    putProcessAction();
    await environment.folder.write('x.event.ts', 'mine');
    const there = await environment.run('import', 'contoso_PaymentPosted', '--out', out, ...PLACE);
    expect(there).toMatchObject({ exitCode: ExitCode.Refused, stderr: expect.stringContaining('is there already') });
    expect(await environment.folder.read('x.event.ts')).toBe('mine');
    const forced = await environment.run('import', 'contoso_PaymentPosted', '--out', out, '--force', ...PLACE);
    expect(forced.exitCode).toBe(ExitCode.Ok);

    const taken = ['--name', 'CustomerPurchase', '--force', ...PLACE];
    expect(await environment.run('import', 'contoso_PaymentPosted', '--out', out, ...taken)).toMatchObject({
      exitCode: ExitCode.Refused,
      stderr: expect.stringContaining('Give this one another --name.'),
    });
  });

  it('says so where the folder is not there, and where half a place is given', async () => {
    putProcessAction();
    const out = `${environment.folder.path}/nowhere/x.event.ts`;
    expect(await environment.run('import', 'contoso_PaymentPosted', '--out', out, ...PLACE)).toMatchObject({
      exitCode: ExitCode.Usage,
      stderr: expect.stringContaining('does not exist'),
    });
    expect(await environment.run('import', 'contoso_PaymentPosted', '--catalog', 'C')).toMatchObject({
      exitCode: ExitCode.Usage,
      stderr: expect.stringContaining('go together'),
    });
  });

  it('prints the definition to standard output, or all it knows as JSON', async () => {
    putProcessAction();
    const printed = await environment.run('import', 'contoso_PaymentPosted', '--out', '-', ...PLACE);
    expect(printed.stdout).toMatch(/^import .*\n[\s\S]*export class PaymentPosted \{[\s\S]*\}\n$/);
    const json = await environment.run('import', 'contoso_PaymentPosted', '--out', '-', '--json', ...PLACE);
    expect(JSON.parse(json.stdout)).toMatchObject({
      type: 'PaymentPosted',
      uniqueName: 'contoso_PaymentPosted',
      file: null,
      text: printed.stdout,
      remarks: expect.arrayContaining([expect.objectContaining({ about: 'TotalAmount' })]),
    });
    expect(json.stderr).toBe('');
  });

  it('answers a refusal in JSON, too', async () => {
    putProcessAction();
    const run = await environment.run('import', 'contoso_PaymentPosted', '--json');
    expect(run.exitCode).toBe(ExitCode.Refused);
    expect(JSON.parse(run.stdout)).toEqual({
      uniqueName: 'contoso_PaymentPosted',
      refusals: [
        expect.objectContaining({ what: 'it is in no catalog', advice: expect.stringContaining('--catalog') }),
      ],
    });
  });

  it.each([
    ['customapis', 'prvReadcustomapi'],
    ['workflows', 'prvReadWorkflow'],
  ])('says what stands in the way where Dataverse refuses %s', async (table, privilege) => {
    putProcessAction();
    environment.emulator.fault({
      kind: 'status',
      status: 403,
      code: '0x80040220',
      message: `Principal user is missing ${privilege} privilege`,
      match: { table },
    });
    const run = await environment.run('import', 'contoso_PaymentPosted', '--out', '-', ...PLACE);
    expect(run).toMatchObject({ exitCode: ExitCode.Failure, stdout: '', stderr: expect.stringContaining(privilege) });
  });

  it('gets over a cut connection', async () => {
    putProcessAction();
    environment.emulator.fault({ kind: 'reset', match: { table: 'workflows' } });
    const run = await environment.run('import', 'contoso_PaymentPosted', '--out', '-', ...PLACE);
    expect(run.exitCode).toBe(ExitCode.Ok);
  });
});
