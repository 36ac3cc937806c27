import type { Verification } from '../../contract/verification.js';
import type { EpochMs } from '../../kernel/clock.js';
import type { VerifierVerdict } from '../verifier.js';

/** What clients are told of a verdict. */
export function verificationOf(verdict: VerifierVerdict, at: EpochMs): Verification {
  switch (verdict.kind) {
    case 'fits':
      return { status: 'verified', at };
    case 'drifted':
      return { status: 'drifted', at, detail: verdict.detail };
    case 'unreadable':
    case 'throttled':
      return { status: 'not-verified', at, detail: verdict.detail };
  }
}
