/**
 * The writer thread: the only place where SQL runs, so that a slow fsync holds up nobody but those who wait for it.
 * `Writer` starts it and speaks with it in `messages.ts`; groups come one at a time.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Request, Response, WriterOptions } from './messages.js';
import { type OpenDatabase, openDatabase } from './open-database.js';
import { runGroup } from './run-group.js';

const port = parentPort;
if (port === null) throw new Error('the writer runs as a worker thread');

const opened = open(workerData as WriterOptions);
if (opened !== null) {
  port.on('message', (request: Request) => answer(opened, request));
  send({ kind: 'opened' });
}

function open(options: WriterOptions): OpenDatabase | null {
  try {
    return openDatabase(options);
  } catch (error) {
    send({ kind: 'unusable', message: messageOf(error) });
    return null;
  }
}

function answer({ session, close }: OpenDatabase, request: Request): void {
  if (request.kind === 'close') {
    close();
    port?.close();
    return;
  }
  session.now = request.now;
  try {
    send({ kind: 'answers', answers: runGroup(session, request.calls) });
  } catch (error) {
    send({ kind: 'failed', message: messageOf(error) });
  }
}

function send(response: Response): void {
  port?.postMessage(response);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
