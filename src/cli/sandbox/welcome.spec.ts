import { describe, expect, it } from '@jest/globals';
import { loadEventCatalog } from '../../contract/load-event-catalog.js';
import type { Change } from '../../dataverse/provisioning/change.js';
import type { Provisioned } from './provision-emulator.js';
import { welcome } from './welcome.js';

const { definitions } = await loadEventCatalog(new URL('../../events/', import.meta.url), 'contoso');

function welcomed(changes: Partial<Provisioned>): string {
  const [definition] = definitions;
  if (definition === undefined) throw new Error('no definition');
  return welcome({
    url: 'http://localhost:3000',
    apiKey: 'key',
    emulatorUrl: 'https://localhost:4000',
    provisioned: { done: [], obstacles: [], declined: [], ...changes },
    settings: { DATAVERSE_URL: 'https://localhost:4000', DATABASE_URL: "sqlite:/it's/gateway.db" },
    receiver: 'http://gateway.localhost',
    definition,
    now: '2026-11-22T10:00:00Z',
  });
}

function change(action: Change['action'], name: string): Change {
  return { action, component: 'custom-api', name, type: null, differences: [], operations: [] };
}

describe('welcome', () => {
  it('says that nothing had to be done', () => {
    expect(welcomed({})).toContain('Its components     as the event types need them\n\nSend an event:');
  });

  it('says what the start made, and what it changed', () => {
    const catalog: Change = { ...change('create', 'a_Catalog'), component: 'catalog' };
    expect(welcomed({ done: [catalog, change('create', 'a_B'), change('recreate', 'a_C')] })).toContain(
      'provisioned by this start, as `dataverse apply` does: a_B, recreate custom API a_C\n',
    );
    expect(welcomed({ done: [catalog] })).toContain('does: a_Catalog\n');
    const receiver = { ...change('create', 'Receipts'), component: 'service-endpoint' } as const;
    const step = { ...change('create', 'Receipts: a_B'), component: 'step' } as const;
    expect(welcomed({ done: [receiver, step] })).toContain('does: Receipts\n');
    expect(welcomed({ done: [step] })).toContain('does: Receipts: a_B\n');
  });

  it('tells what is left because of others, why, and the commands that do it nevertheless', () => {
    const recreation = {
      type: 'B',
      name: 'a_B',
      scope: 'custom-api',
      reasons: ['isfunction is true and has to be false'],
      subscribers: [{ component: 'step', name: 'theirs' }],
      losses: [{ component: 'step', name: 'theirs' }],
      advice: null,
      executePrivilege: null,
    } as const;
    const text = welcomed({ declined: [recreation] });
    expect(text).toContain('not as needed, see below');
    expect(text).toContain('a_B has to be deleted and made anew (isfunction is true and has to be false).');
    expect(text).toContain('Lost with it: step theirs.');
    expect(text).toContain(
      'npm run gateway -- dataverse apply --yes --recreate a_B --receiver http://gateway.localhost\n',
    );
    expect(text).toContain("export DATABASE_URL='sqlite:/it'\\''s/gateway.db'\n");
    expect(text.split('\n').find((line) => line.includes('curl '))).toMatch(/^curl -i/);
  });
});
