import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NO_LIMITS } from '../../src/emulator/limits/service-protection-limits.js';
import type { Client } from './support/client.js';
import { runningEmulator } from './support/running-emulator.js';
import { errorOf, rowsOf } from './support/tables.js';

const ID = '00000000-0000-4000-8000-000000000001';
const HEADS = [
  'customapis',
  'systemusers',
  'roles',
  'catalogs',
  'EntityDefinitions',
  'WhoAmI',
  'AddPrivilegesRole',
  'AddSolutionComponent',
  'nosuch',
  '__proto__',
  '..',
  "'",
];
const KEYS = [
  '',
  '',
  '()',
  `(${ID})`,
  "(uniquename='contoso_CustomerPurchase')",
  '(uniquename=@p)',
  "(uniquename='",
  '(LogicalName=null)',
  '(1,2)',
  '(((',
  "('')",
];
const TAILS = [
  '',
  '',
  '/CustomAPIRequestParameters',
  '/SdkMessageId',
  '/uniquename',
  '/$ref',
  '/$count',
  '/$value',
  '/systemuserroles_association/$ref',
  '/CustomAPIRequestParameters/$ref',
  '/SdkMessageId/$ref',
  '/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()',
  '/Microsoft.Dynamics.CRM.AddPrivilegesRole',
  '/',
  '//',
  '/constructor',
  '%2F$ref',
];
const OPTIONS = [
  '',
  '?',
  '?$filter=uniquename eq @p&@p=1',
  '?$filter=constructor',
  '?$expand=CustomAPIRequestParameters($expand=CustomAPIId($expand=',
  '?$expand=SdkMessageId,SdkMessageId',
  '?$select=uniquename,',
  '?$select=*&$count=true&$top=0',
  '?$orderby=SdkMessageId/name desc,',
  '?$id=roles(1)',
  '?$id=customapis',
  '?@p=%27x',
  '?$skiptoken=<cookie pagenumber="9" skipped="99999999999999999999" istracking="False" />',
  `?$filter=${'('.repeat(30)}`,
  '?$apply=x',
  '?&&=&',
];
const BODIES = [
  '',
  '{}',
  '[]',
  'null',
  '{"value":1}',
  '{"@odata.id":"x"}',
  '{"@odata.id":["x"]}',
  '{"Privileges":[null,1,{}]}',
  '{"__proto__":{"x":1}}',
  '{"constructor":1}',
  '{"CustomAPIRequestParameters":[[]]}',
  '{"PluginTypeId@odata.bind":{}}',
  `{"customapiid":"${'x'.repeat(5000)}"}`,
];

/** Every method gets the body; Node announces no length of its own accord where a body is unusual. */
function send(client: Client, method: string, path: string, body: string) {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return client.api(path.replaceAll(' ', '%20'), { method, headers, body });
}

describe('requests that make no sense', () => {
  it('are refused with an OData error, and nothing breaks', async () => {
    const { client } = await runningEmulator({ limits: NO_LIMITS });
    const methods = fc.constantFrom('GET', 'POST', 'PATCH', 'PUT', 'DELETE');
    const parts = [HEADS, KEYS, TAILS, OPTIONS].map((some) => fc.constantFrom(...some));
    const paths = fc.tuple(...parts).map((chosen) => chosen.join(''));
    await fc.assert(
      fc.asyncProperty(methods, paths, fc.constantFrom(...BODIES), async (method, path, body) => {
        const reply = await send(client, method, path, body);
        if (reply.status < 400) return;
        expect(errorOf(reply).message).toEqual(expect.any(String));
        expect([400, 403, 404, 405, 412, 415, 501]).toContain(reply.status);
      }),
      { numRuns: 400 },
    );
    expect(await rowsOf(client, 'publishers')).not.toEqual([]);
  });
});
