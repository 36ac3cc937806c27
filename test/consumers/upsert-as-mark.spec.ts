import { describe, expect, it } from '@jest/globals';
import { runningEmulator } from '../emulator/support/running-emulator.js';
import { write } from '../emulator/support/tables.js';

const EVENT_ID = '019aab11_6f2e_7c3a_9d4e_2f6b8a1c5d70';

// The emulator has no tables of makers' own: a catalog stands for the row of the effect, its unique name (which takes no
// hyphens) for the event's id.
describe('an upsert by an alternate key that wants no update', () => {
  it('makes one row of an event that comes several times at once, and says of the others that it is there', async () => {
    const { emulator, client } = await runningEmulator();
    const path = `catalogs(uniquename='contoso_${EVENT_ID}')`;
    const take = (displayname: string) => {
      const row = { name: 'Purchase', displayname, description: 'What was bought.' };
      return write(client, 'PATCH', path, row, { 'if-none-match': '*' });
    };
    const first = await Promise.all([take('one'), take('two'), take('three')]);
    expect(first.map(({ status }) => status).sort()).toEqual([204, 412, 412]);
    const [made, ...others] = emulator.tables
      .rows('catalog')
      .filter(({ uniquename }) => uniquename?.toString().includes(EVENT_ID));
    expect(others).toEqual([]);
    expect((await take('late')).status).toBe(412);
    expect(emulator.tables.find('catalog', String(made?.catalogid))).toEqual(made);
  });
});
