import { AccessJournal, type AccessRefusal } from '../../../src/access/access-journal.js';

/** What access told of itself, oldest first. */
export class RecordingAccessJournal extends AccessJournal {
  readonly refusals: AccessRefusal[] = [];
  /** `answered <keys>` or the reason of a failure. */
  readonly issuer: string[] = [];

  override refused(reason: AccessRefusal): void {
    this.refusals.push(reason);
  }

  override issuerAnswered(keys: number): void {
    this.issuer.push(`answered ${keys}`);
  }

  override issuerFailed(reason: string): void {
    this.issuer.push(reason);
  }
}
