/**
 * The writer thread: the only place where SQL runs, so that a slow fsync delays nothing but the calls that wait for it.
 * `Writer` starts it; they exchange the messages of `messages.ts`. Group commit happens here: all calls that came
 * during one transaction make up the next one, so a slow disk gets large groups.
 */

import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../kernel/message-of.js';
import { StoreUnusableError } from '../store-unusable.error.js';
import { gatherGroup } from './gather-group.js';
import type { CallsRequest, Request, Response, WriterOptions } from './messages.js';
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
    const code = error instanceof StoreUnusableError ? error.code : 'store-unusable';
    send({ kind: 'unusable', message: messageOf(error), code });
    return null;
  }
}

function answer({ session, close }: OpenDatabase, request: Request): void {
  if (request.kind === 'close') {
    close();
    port?.close();
    return;
  }
  const group = gatherGroup(request, nextWaiting);
  session.now = group.now;
  try {
    send({ kind: 'answers', answers: runGroup(session, group.calls) });
  } catch (error) {
    send({ kind: 'failed', message: messageOf(error) });
  }
}

/** A request to close never waits behind another: it is sent when everything is answered. */
function nextWaiting(): CallsRequest | null {
  const waiting = port === null ? undefined : receiveMessageOnPort(port);
  return (waiting?.message as CallsRequest | undefined) ?? null;
}

function send(response: Response): void {
  port?.postMessage(response);
}
