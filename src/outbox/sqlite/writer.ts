import type { Worker } from 'node:worker_threads';
import type { Clock } from '../../kernel/clock.js';
import { StorageError } from '../storage.error.js';
import { groupSize } from './group-size.js';
import type { Answer, Call, OperationName, ParameterOf, Request, Response, ResultOf } from './messages.js';

interface Waiting extends Call {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The near side of the writer thread: group commit. One group is under way at a time; whatever is called meanwhile waits
 * and leaves together as the next group, one transaction with one fsync. The slower the disk, the larger the groups.
 */
export class Writer {
  private waiting: Waiting[] = [];
  private underWay: readonly Waiting[] = [];
  private leavesSoon = false;
  /** Why calls are refused from now on; null while they are taken. */
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
    // An open store alone does not keep the process alive; one that is at work does.
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
      this.leaveSoon();
    });
  }

  /** Finishes what was called before, then ends the thread, which lets the file go. May be called again. */
  async close(): Promise<void> {
    this.end ??= new StorageError('storage-closed', 'the store is closed');
    this.thread.ref();
    this.closeWhenIdle();
    await this.exit;
  }

  /** At the end of this turn of the event loop, so that calls that come together leave together. */
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
    this.underWay = this.waiting.splice(0, groupSize(this.waiting));
    this.thread.ref();
    const calls = this.underWay.map(({ name, parameter }) => ({ name, parameter }));
    try {
      this.send({ kind: 'group', now: this.clock.now(), calls });
    } catch (error) {
      this.refuseUnderWay(error);
    }
  }

  /** Something among the parameters cannot cross to the thread: a bug, but nothing was sent, so nothing was stored. */
  private refuseUnderWay(cause: unknown): void {
    const refused = this.underWay;
    this.underWay = [];
    for (const { reject } of refused) reject(new StorageError('storage-not-stored', String(cause), { cause }));
    this.rest();
  }

  private receive(response: Response): void {
    if (response.kind === 'failed') this.fail(response.message);
    if (response.kind !== 'answers') return;
    const answered = this.underWay;
    this.underWay = [];
    this.leave();
    for (const [index, waiting] of answered.entries()) deliver(waiting, response.answers[index]);
    if (this.underWay.length === 0) this.rest();
  }

  private rest(): void {
    if (this.waiting.length > 0) {
      this.leaveSoon();
      return;
    }
    this.thread.unref();
    if (this.end !== null) this.closeWhenIdle();
  }

  private closeWhenIdle(): void {
    if (this.closeSent || this.underWay.length > 0 || this.waiting.length > 0) return;
    this.closeSent = true;
    this.thread.ref();
    this.send({ kind: 'close' });
  }

  /** Whether what is under way was stored cannot be said, and what waits will never be: nothing is taken any more. */
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
