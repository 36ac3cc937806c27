import type { Timers } from '../../kernel/timers.js';
import type { Verifier, VerifierVerdict } from '../verifier.js';

/** Dataverse gives a request two minutes; a slower answer than this is asked for again later. */
const LONGEST_MS = 60_000;

type Verdicts = ReadonlyMap<string, VerifierVerdict>;

export interface Question {
  readonly types: readonly string[];
  readonly applicationUser: string;
  /** Asked right before each request. */
  readonly mayStillSend: () => boolean;
}

/**
 * Asks once, and always returns a verdict for each type within a minute: `unreadable` where the verifier neither
 * answers nor obeys its signal.
 */
export async function askVerifier(
  verifier: Verifier,
  { types, applicationUser, mayStillSend }: Question,
  { signal, timers }: { readonly signal: AbortSignal; readonly timers: Timers },
): Promise<Verdicts> {
  const { promise, resolve } = Promise.withResolvers<Verdicts | string>();
  const ending = new AbortController();
  const cancel = timers.after(LONGEST_MS, () => resolve(`there was no answer within ${LONGEST_MS / 1_000} s`));
  const stop = () => resolve('the gateway is stopping');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  ask(verifier, types, { applicationUser, options: { signal: ending.signal, mayStillSend } }).then(resolve, () =>
    resolve('verifying failed'),
  );
  const answer = await promise;
  cancel();
  signal.removeEventListener('abort', stop);
  ending.abort();
  return new Map(types.map((type) => [type, verdictOf(answer, type)]));
}

/** Async, so that a verifier that throws at once rejects like any other. */
async function ask(
  verifier: Verifier,
  types: readonly string[],
  { applicationUser, options }: { applicationUser: string; options: Parameters<Verifier['verify']>[2] },
): Promise<Verdicts> {
  return verifier.verify(types, applicationUser, options);
}

function verdictOf(answer: Verdicts | string, type: string): VerifierVerdict {
  if (typeof answer === 'string') return { kind: 'unreadable', detail: answer };
  return answer.get(type) ?? { kind: 'unreadable', detail: 'verifying came to no verdict' };
}
