import type { CallOptions } from '../../../src/delivery/destination.js';
import { Verifier, type VerifierVerdict } from '../../../src/delivery/verifier.js';

/** `hold`: no verdict until the signal says so; `deaf`: not even then. */
type ScriptedVerdict = VerifierVerdict | 'hold' | 'deaf' | Error;

/** The code of refusals that a drift may explain. */
export const EXPLAINED_BY_DRIFT = '0x80048d19';

type Script = (type: string, applicationUser: string) => ScriptedVerdict;

/** Comes to the verdicts a test wants, and remembers what it was asked. */
export class ScriptedVerifier extends Verifier {
  readonly looks: { readonly types: readonly string[]; readonly user: string; readonly mayStillSend: boolean }[] = [];

  constructor(private script: Script = () => ({ kind: 'fits' })) {
    super();
  }

  /** From now on verdicts are these. */
  finds(script: VerifierVerdict | Script): void {
    this.script = typeof script === 'function' ? script : () => script;
  }

  override mayExplain(errorCode: string | null): boolean {
    return errorCode === null || errorCode === EXPLAINED_BY_DRIFT;
  }

  override verify(
    types: readonly string[],
    user: string,
    { signal, mayStillSend }: CallOptions,
  ): Promise<ReadonlyMap<string, VerifierVerdict>> {
    this.looks.push({ types, user, mayStillSend: mayStillSend() });
    const verdicts = new Map<string, VerifierVerdict>();
    for (const type of types) {
      const verdict = this.script(type, user);
      if (verdict instanceof Error) throw verdict;
      if (verdict === 'hold' || verdict === 'deaf') return pending(verdict === 'hold' ? signal : null);
      verdicts.set(type, verdict);
    }
    return Promise.resolve(verdicts);
  }
}

function pending(signal: AbortSignal | null): Promise<ReadonlyMap<string, VerifierVerdict>> {
  return new Promise((resolve) => signal?.addEventListener('abort', () => resolve(new Map())));
}
