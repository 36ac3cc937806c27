import type { Worker } from 'node:worker_threads';
import type { Clock } from '../../kernel/clock.js';
import { StorageError } from '../storage.error.js';
import type { Answer, Call, OperationName, ParameterOf, Request, Response, ResultOf } from './messages.js';

interface Waiting extends Call {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** This many calls are sent without waiting for more: the writer works on them while this thread reads on. */
const LEAVE_AT_ONCE = 16;

/**
 * The near side of the writer thread: sends calls in small batches and returns the answers, which come in the order of
 * the calls. The writer thread decides how many calls share a transaction.
 */
export class Writer {
  private waiting: Waiting[] = [];
  private underWay: Waiting[] = [];
  private leavesSoon = false;
  /** Why calls are refused from now on; null while they are accepted. */
  private end: StorageError | null = null;
  private closeSent = false;
  private readonly exit: Promise<void>;
  private readonly failure = Promise.withResolvers<Error>();

  constructor(
    private readonly thread: Worker,
    private readonly clock: Clock,
  ) {
    thread.on('message', (response: Response) => this.receive(response));
    thread.on('error', (error) => this.fail(`the writer thread died: ${String(error)}`));
    this.exit = new Promise((resolve) => {
      thread.once('exit', () => {
        if (!this.closeSent) this.fail('the writer thread ended');
        resolve();
      });
    });
    // An open store alone does not keep the process alive; a store that works does.
    thread.unref();
  }

  /** See `Store.failed`. */
  get failed(): Promise<Error> {
    return this.failure.promise;
  }

  /** Has the writer thread run an operation; resolves after its transaction's fsync. Rejects with `StorageError`. */
  call<N extends OperationName>(name: N, parameter: ParameterOf<N>): Promise<ResultOf<N>> {
    if (this.end !== null) return Promise.reject(this.end);
    return new Promise((resolve, reject) => {
      this.waiting.push({ name, parameter, resolve: resolve as (value: unknown) => void, reject });
      if (this.waiting.length >= LEAVE_AT_ONCE) this.leave();
      else this.leaveSoon();
    });
  }

  /** Finishes the calls made before, then ends the thread, which closes the file. May be called again. */
  async close(): Promise<void> {
    this.end ??= new StorageError('storage-closed', 'the store is closed');
    this.thread.ref();
    this.closeWhenIdle();
    await this.exit;
  }

  /**
   * Sent at the end of this turn of the event loop, so that calls made together are sent together; or with the next
   * answer, if the writer is working anyway: a message between threads costs more than a call.
   */
  private leaveSoon(): void {
    if (this.leavesSoon || this.underWay.length > 0) return;
    this.leavesSoon = true;
    setImmediate(() => {
      this.leavesSoon = false;
      this.leave();
    });
  }

  private leave(): void {
    if (this.waiting.length === 0) return;
    const leaving = this.waiting;
    this.waiting = [];
    const calls = leaving.map(({ name, parameter }) => ({ name, parameter }));
    try {
      this.send({ kind: 'calls', now: this.clock.now(), calls });
      this.underWay.push(...leaving);
      this.thread.ref();
    } catch (cause) {
      // One of the parameters cannot be sent to the thread: a bug. But nothing was sent, so nothing was stored.
      const refusal = new StorageError('storage-not-stored', String(cause), { cause });
      for (const { reject } of leaving) reject(refusal);
      this.rest();
    }
  }

  private receive(response: Response): void {
    if (response.kind === 'failed') this.fail(response.message);
    if (response.kind !== 'answers') return;
    const answered = this.underWay.splice(0, response.answers.length);
    if (this.underWay.length === 0) this.leave();
    for (const [index, waiting] of answered.entries()) deliver(waiting, response.answers[index]);
    this.rest();
  }

  private rest(): void {
    if (this.underWay.length > 0 || this.waiting.length > 0) return;
    this.thread.unref();
    if (this.end !== null) this.closeWhenIdle();
  }

  private closeWhenIdle(): void {
    if (this.closeSent || this.underWay.length > 0 || this.waiting.length > 0) return;
    this.closeSent = true;
    this.thread.ref();
    this.send({ kind: 'close' });
  }

  /**
   * Nobody can tell whether the calls under way were stored, and those that wait never will be: no more calls are
   * accepted.
   */
  private fail(message: string): void {
    const error = new StorageError('storage-unknown', message);
    const pending = [...this.underWay, ...this.waiting];
    this.underWay = [];
    this.waiting = [];
    this.end = error;
    for (const { reject } of pending) reject(error);
    this.failure.resolve(error);
    this.closeWhenIdle();
  }

  private send(request: Request): void {
    this.thread.postMessage(request);
  }
}

function deliver({ resolve, reject }: Waiting, answer: Answer | undefined): void {
  switch (answer?.kind) {
    case 'done':
      resolve(answer.value);
      break;
    case 'refused':
      reject(new StorageError(answer.code, answer.message));
      break;
    default:
      reject(new StorageError('storage-unknown', 'the writer thread left out an answer'));
  }
}
