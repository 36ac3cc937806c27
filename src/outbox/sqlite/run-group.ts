import { messageOf } from '../../kernel/message-of.js';
import type { Answer, Call } from './messages.js';
import { READS, WRITES } from './operations.js';
import type { Session } from './session.js';
import { faultOfStatement } from './sqlite-fault.js';
import { transact } from './transact.js';

type Operation = (session: Session, parameter: unknown) => unknown;

const WRITE = new Map(Object.entries(WRITES)) as unknown as ReadonlyMap<string, Operation>;
const READ = new Map(Object.entries(READS)) as unknown as ReadonlyMap<string, Operation>;

/**
 * Runs a group of calls: first those that write, in one transaction, then those that read, outside of any. Answers in
 * the order of the calls. Throws where nobody can tell what was stored.
 */
export function runGroup(session: Session, calls: readonly Call[]): readonly Answer[] {
  const written = runWrites(
    session,
    calls.filter(({ name }) => WRITE.has(name)),
  );
  let next = 0;
  return calls.map((call) => {
    const answer = WRITE.has(call.name) ? written[next++] : runRead(session, call);
    return answer ?? refused(new Error('a write was not answered'));
  });
}

function runWrites(session: Session, calls: readonly Call[]): readonly Answer[] {
  if (calls.length === 0) return [];
  const transaction = transact(session, () =>
    calls.map((call) => done(operation(WRITE, call)(session, call.parameter))),
  );
  if (transaction.kind === 'committed') return transaction.value;
  // A failing call must not make the others fail. But without the right to write, each of them would wait for it in
  // vain.
  const canIsolate = transaction.begun && calls.length > 1;
  return canIsolate ? calls.flatMap((call) => runWrites(session, [call])) : calls.map(() => refused(transaction.error));
}

function runRead(session: Session, call: Call): Answer {
  try {
    return done(operation(READ, call)(session, call.parameter));
  } catch (error) {
    if (faultOfStatement(error) === 'lost') throw error;
    return refused(error);
  }
}

function operation(operations: ReadonlyMap<string, Operation>, { name }: Call): Operation {
  const found = operations.get(name);
  if (found === undefined) throw new Error(`there is no operation ${name}`);
  return found;
}

function done(value: unknown): Answer {
  return { kind: 'done', value };
}

function refused(error: unknown): Answer {
  return {
    kind: 'refused',
    code: 'storage-not-stored',
    message: messageOf(error),
  };
}
