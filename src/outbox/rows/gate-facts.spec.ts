import { describe, expect, it } from '@jest/globals';
import type { GateRecord } from '../gate-store.js';
import { readFacts, writeFacts } from './gate-facts.js';

const RECREATION = {
  customApi: 'contoso_CustomerPurchase',
  process: 4711,
  host: 'build-7',
  at: 1,
  wishedBy: ['--endpoints'],
  executePrivilege: null,
};
const PAUSE = { by: 'ops', reason: 'upgrade', since: 1 };

function gateOf(facts: Partial<GateRecord>): GateRecord {
  const open = { cause: null, detail: null, closedUntil: null, closings: 0, pause: null, unread: null, probe: null };
  return { name: 'type:Sale', ...open, changedAt: 1, revision: 7, ...facts };
}

describe('the facts of a gate', () => {
  it.each<[string, Partial<GateRecord>, object]>([
    ['of a recreation', { pause: { ...PAUSE, recreation: RECREATION } }, { recreation: RECREATION }],
    ['of an unread drift', { unread: '' }, { unread: '' }],
    [
      'of both',
      { pause: { ...PAUSE, recreation: { ...RECREATION, executePrivilege: 'prvReadAccount' } }, unread: 'Amount' },
      { recreation: { ...RECREATION, executePrivilege: 'prvReadAccount' }, unread: 'Amount' },
    ],
  ])('%s are read as they were written', (_of, gate, facts) => {
    expect(readFacts(writeFacts(gateOf(gate)), 7)).toEqual(facts);
  });

  it('are none where a person paused it', () => {
    expect(writeFacts(gateOf({ pause: PAUSE }))).toBeNull();
    expect(readFacts(null, 7)).toEqual({});
  });

  it('are none once a version that does not know of them has changed the gate', () => {
    expect(readFacts(writeFacts(gateOf({ unread: 'Amount' })), 8)).toEqual({});
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '7'],
    ['no revision', { unread: 'Amount' }],
    ['a text for a revision', { revision: '7', unread: 'Amount' }],
    ['a fact of a later version', { revision: 7, unread: 'Amount', dozing: true }],
    ['a finding that is no text', { revision: 7, unread: 1 }],
    ['a recreation of nothing', { revision: 7, recreation: null }],
    ['a recreation that lacks something', { revision: 7, recreation: { ...RECREATION, host: undefined } }],
    ['a recreation that tells more', { revision: 7, recreation: { ...RECREATION, user: 'ann' } }],
    ['a process that is no number', { revision: 7, recreation: { ...RECREATION, process: '4711' } }],
    ['a time that is none', { revision: 7, recreation: { ...RECREATION, at: 1.5 } }],
    ['options that are no list', { revision: 7, recreation: { ...RECREATION, wishedBy: '--endpoints' } }],
    ['a privilege that is no text', { revision: 7, recreation: { ...RECREATION, executePrivilege: 1 } }],
  ])('are none where there is %s', (_what, facts) => {
    expect(readFacts(typeof facts === 'string' ? facts : JSON.stringify(facts), 7)).toEqual({});
  });
});
