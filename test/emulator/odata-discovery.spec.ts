import { describe, expect, it } from '@jest/globals';
import { customApi } from './support/purchase-api.js';
import { runningEmulator } from './support/running-emulator.js';

/** As it stands in the documentation of the event framework, save that the organization's address is left out. */
const DISCOVERY = `/api/data/v9.1/sdkmessages?$select=name
&$filter=isprivate eq false 
and (name ne 'SetStateDynamicEntity' 
and name ne 'RemoveRelated' 
and name ne 'SetRelated' and 
name ne 'Execute') 
and sdkmessageid_sdkmessagefilter/any(s:s/iscustomprocessingstepallowed eq true 
and s/isvisible eq true)
&$expand=sdkmessageid_sdkmessagefilter($select=primaryobjecttypecode;
$filter=iscustomprocessingstepallowed eq true and isvisible eq true)
&$orderby=name`;

interface Message {
  readonly name: string;
  readonly sdkmessageid_sdkmessagefilter: readonly { readonly primaryobjecttypecode: string }[];
}

describe('the discovery query of the event framework', () => {
  it.each([
    ['with its line breaks encoded', encodeURI(DISCOVERY)],
    ['with its line breaks dropped, as browsers do', DISCOVERY.replaceAll('\n', '')],
    [
      'with every character encoded that may be',
      DISCOVERY.replace(/\?[\s\S]*/, (query) => `?${encoded(query.slice(1))}`),
    ],
  ])('runs as it stands, %s', async (_how, path) => {
    const { client } = await runningEmulator({
      customApis: [customApi('contoso_OnPurchase', [])],
      unconfirmed: { globalApiHasFilter: true },
    });
    const reply = await client.send(path, { headers: { authorization: `Bearer ${await client.token()}` } });
    expect(reply.status).toBe(200);
    const found = (reply.json() as unknown as { value: readonly Message[] }).value;
    const tables = found.map(({ name, sdkmessageid_sdkmessagefilter: filters }) => [
      name,
      filters.map(({ primaryobjecttypecode }) => primaryobjecttypecode),
    ]);
    expect(tables).toEqual([
      ['Associate', ['none']],
      ['contoso_OnPurchase', ['none']],
      ['Create', ['account', 'contact']],
      ['Delete', ['account', 'contact']],
      ['Disassociate', ['none']],
      ['Update', ['account', 'contact']],
    ]);
  });
});

/** What stands behind each `=`, percent-encoded. */
function encoded(query: string): string {
  return query
    .split('&')
    .map((option) => option.replace(/=([\s\S]*)$/, (_whole, value: string) => `=${encodeURIComponent(value)}`))
    .map((option) => option.trim())
    .join('&');
}
