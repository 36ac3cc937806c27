import type { Answer, Ending } from '../server/answer.js';
import type { Fault } from './fault.js';
import type { Faults, StruckFault } from './faults.js';

/** A fault about to strike an exchange. */
export interface Mishap {
  readonly struck: StruckFault;
  /** The true answer, or null before the commit. */
  readonly answer: Answer | null;
  /** The answer that a fault gives in place of the true one; called only for kinds that have one. */
  readonly substitute: (fault: Fault) => Answer;
  /** Resolves when the client has closed its connection. */
  readonly gone: () => Promise<void>;
}

/** Lets a fault strike; null where the exchange goes on as if nothing had happened. */
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

/** If the answer has no parts, or fewer than asked for, half of its body is sent. */
function cutOff(answer: Answer, afterParts: number | null): Ending {
  const bodyLength = afterParts === null ? undefined : answer.partStarts?.[afterParts];
  return { kind: 'truncate', answer, bodyLength: bodyLength ?? Math.ceil(answer.body.length / 2) };
}

/** When a fault strikes, where its order does not say. */
export function momentOf(fault: Fault): 'before-commit' | 'after-commit' {
  return fault.when ?? (fault.kind === 'truncate' ? 'after-commit' : 'before-commit');
}
