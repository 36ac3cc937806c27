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
  pause: { by: 'cli:ci', reason: 'recreated', since: 1 },
};
const NONE = { recreation: null, unread: null };

function gateOf(facts: Partial<GateRecord>): GateRecord {
  const open = { cause: null, detail: 'Amount; away', closedUntil: null, closings: 0, pause: null, probe: null };
  return { name: 'type:Sale', ...open, ...NONE, changedAt: 1, revision: 7, ...facts };
}

describe('the facts of a gate', () => {
  it.each<[string, Partial<GateRecord>]>([
    ['of a recreation', { recreation: RECREATION }],
    ['of an unread drift', { unread: '' }],
    ['of both', { recreation: { ...RECREATION, executePrivilege: 'prvReadAccount' }, unread: 'Amount' }],
  ])('%s are read as they were written', (_of, facts) => {
    expect(readFacts(writeFacts(gateOf(facts)), 'Amount; away')).toEqual({ ...NONE, ...facts });
  });

  it('are none where a person paused it', () => {
    expect(writeFacts(gateOf({ pause: { by: 'ops', reason: 'upgrade', since: 1 } }))).toBeNull();
    expect(readFacts(null, 'Amount; away')).toEqual(NONE);
  });

  it.each(['Amount', null])('tell of a recreation, but of no unread drift beside the other detail %p', (detail) => {
    const written = writeFacts(gateOf({ recreation: RECREATION, unread: 'Amount' }));
    expect(readFacts(written, detail)).toEqual({ recreation: RECREATION, unread: null });
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '7'],
    ['a fact of a later version', { recreation: RECREATION, dozing: true }],
    ['a finding that is no text', { unread: { finding: 1, detail: 'Amount; away' } }],
    ['a finding without its detail', { unread: { finding: 'Amount' } }],
    ['a recreation of nothing', { recreation: null }],
    ['a recreation that lacks something', { recreation: { ...RECREATION, host: undefined } }],
    ['a recreation without its pause', { recreation: { ...RECREATION, pause: undefined } }],
    ['a recreation that tells more', { recreation: { ...RECREATION, user: 'ann' } }],
    ['a process that is no number', { recreation: { ...RECREATION, process: '4711' } }],
    ['a time that is none', { recreation: { ...RECREATION, at: 1.5 } }],
    ['options that are no list', { recreation: { ...RECREATION, wishedBy: '--endpoints' } }],
    ['a privilege that is no text', { recreation: { ...RECREATION, executePrivilege: 1 } }],
    ['a pause of nobody', { recreation: { ...RECREATION, pause: { reason: 'recreated', since: 1 } } }],
  ])('are none where there is %s', (_what, facts) => {
    expect(readFacts(typeof facts === 'string' ? facts : JSON.stringify(facts), 'Amount; away')).toEqual(NONE);
  });
});
