import type { Answer, Ending } from '../server/answer.js';
import type { Fault } from './fault.js';
import type { Faults, StruckFault } from './faults.js';

/** A fault about to happen to an exchange. */
export interface Mishap {
  readonly struck: StruckFault;
  /** The true answer, or null before the commit. */
  readonly answer: Answer | null;
  /** The answer a fault has in place of the true one; asked only of kinds that have one. */
  readonly substitute: (fault: Fault) => Answer;
  /** Resolves when the client has closed its connection. */
  readonly gone: () => Promise<void>;
}

/** Lets a fault happen; null where the exchange goes on as if nothing had been. */
export async function befall(faults: Faults, { struck, answer, substitute, gone }: Mishap): Promise<Ending | null> {
  const { fault } = struck;
  if (!(await faults.holdUp(struck, gone))) return { kind: 'gone' };
  switch (fault.kind) {
    case 'delay':
    case 'hang':
      return null;
    case 'reset':
      return { kind: 'reset' };
    case 'raw':
      return { kind: 'raw', bytes: fault.bytes };
    case 'truncate':
      return cutOff(answer ?? { status: 200, headers: {}, body: '', errorCode: null }, fault.afterParts ?? null);
    default:
      return { kind: 'answer', answer: substitute(fault) };
  }
}

/** Of an answer without parts, or with fewer than asked for, half the body comes. */
function cutOff(answer: Answer, afterParts: number | null): Ending {
  const bodyLength = afterParts === null ? undefined : answer.partStarts?.[afterParts];
  return { kind: 'truncate', answer, bodyLength: bodyLength ?? Math.ceil(answer.body.length / 2) };
}

/** When a fault happens, where it does not say so itself. */
export function momentOf(fault: Fault): 'before-commit' | 'after-commit' {
  return fault.when ?? (fault.kind === 'truncate' ? 'after-commit' : 'before-commit');
}
