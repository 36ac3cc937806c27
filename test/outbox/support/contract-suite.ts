import { afterEach, beforeEach, describe } from '@jest/globals';
import { append } from '../contract/append.js';
import { archive } from '../contract/archive.js';
import { audit } from '../contract/audit.js';
import { cancel } from '../contract/cancel.js';
import { claiming } from '../contract/claim.js';
import { clients } from '../contract/clients.js';
import { closing } from '../contract/closing.js';
import { confirming } from '../contract/confirm.js';
import { erase } from '../contract/erase.js';
import { find } from '../contract/find.js';
import { gates } from '../contract/gates.js';
import { housekeeping } from '../contract/housekeeping.js';
import { leases } from '../contract/leases.js';
import { list } from '../contract/list.js';
import { listAttempts } from '../contract/list-attempts.js';
import { measure } from '../contract/measure.js';
import { ordering } from '../contract/ordering.js';
import { overdue } from '../contract/overdue.js';
import { proof } from '../contract/proof.js';
import { proofOfPending } from '../contract/proof-of-pending.js';
import { recall } from '../contract/recall.js';
import { replay } from '../contract/replay.js';
import { replayMany } from '../contract/replay-many.js';
import { settle } from '../contract/settle.js';
import { summarize } from '../contract/summarize.js';
import { suspects } from '../contract/suspects.js';
import { turns } from '../contract/turns.js';
import { userLeases } from '../contract/user-leases.js';
import { whichEnded } from '../contract/which-ended.js';
import type { CurrentFixture, StoreFixture } from './store-fixture.js';

const CONTRACT: readonly (readonly [string, (current: CurrentFixture) => void])[] = [
  ['append', append],
  ['recall', recall],
  ['find', find],
  ['claim', claiming],
  ['turns', turns],
  ['suspects', suspects],
  ['settle', settle],
  ['a receipt', confirming],
  ['a receipt as proof', proof],
  ['a receipt of a pending event', proofOfPending],
  ['overdue', overdue],
  ['list', list],
  ['summarize', summarize],
  ['whichEnded', whichEnded],
  ['listAttempts', listAttempts],
  ['leases', leases],
  ['ordering', ordering],
  ['replay', replay],
  ['cancel', cancel],
  ['erase', erase],
  ['replay by filter', replayMany],
  ['housekeeping', housekeeping],
  ['audit', audit],
  ['archive', archive],
  ['measure', measure],
  ['gates', gates],
  ['clients', clients],
  ['userLeases', userLeases],
  ['close', closing],
];

/** Holds an engine to everything the ports promise; each claim is tried on a store of its own. */
export function contractSuite(engine: string, open: () => Promise<StoreFixture>): void {
  describe(engine, () => {
    let fixture: StoreFixture;
    beforeEach(async () => {
      fixture = await open();
    });
    afterEach(() => fixture.close());
    for (const [operation, claims] of CONTRACT) describe(operation, () => claims(() => fixture));
  });
}
