import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { messageOf } from '../../kernel/message-of.js';
import { StoreUnusableError } from '../store-unusable.error.js';
import type { Response, WriterOptions } from './messages.js';

/** The same place in the sources and in the build; only the extension differs. */
const THREAD = new URL(`./writer-thread${extname(import.meta.url)}`, import.meta.url);

/** Starts the writer thread and waits until it has the database open. Rejects with `StoreUnusableError`. */
export async function startWriterThread(options: WriterOptions): Promise<Worker> {
  const thread = new Worker(THREAD, { workerData: options, name: 'outbox writer' });
  const response = await firstResponse(thread);
  if (response.kind === 'opened') return thread;
  if (response.kind !== 'unusable') throw new StoreUnusableError('the writer thread did not open it');
  throw new StoreUnusableError(response.message, { code: response.code ?? 'store-unusable' });
}

function firstResponse(thread: Worker): Promise<Response> {
  const { promise, resolve } = Promise.withResolvers<Response>();
  const onError = (error: unknown) => resolve({ kind: 'unusable', message: `no writer thread: ${messageOf(error)}` });
  const onExit = () => resolve({ kind: 'unusable', message: 'the writer thread ended while it opened the database' });
  thread.once('message', resolve).once('error', onError).once('exit', onExit);
  return promise.finally(() => thread.off('message', resolve).off('error', onError).off('exit', onExit));
}
