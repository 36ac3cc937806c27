import { type Verification, Verifications } from '../../contract/verification.js';

const NOT_LOOKED_AT: Verification = { status: 'not-verified', at: null, detail: 'it was not looked at yet' };

/** What this process found out last about each event type. */
export class LatestVerifications extends Verifications {
  private readonly byType = new Map<string, Verification>();

  override of(type: string): Verification {
    return this.byType.get(type) ?? NOT_LOOKED_AT;
  }

  /** Tells whether people should be told: of another status, or of other words about a drift. */
  learn(type: string, verification: Verification): boolean {
    const before = this.of(type);
    this.byType.set(type, verification);
    if (before.at === null || before.status !== verification.status) return true;
    return before.status === 'drifted' && verification.status === 'drifted' && before.detail !== verification.detail;
  }
}
