import { closeSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { ReceivedCall } from './received-call.js';

const CHUNK_BYTES = 1 << 16;
const NEWLINE = 0x0a;

/**
 * The record of received calls as JSON lines, each written before its call is answered: a killed emulator loses none.
 * Not synced to disk: a machine that loses power may lose some.
 */
export class ReceivedFile {
  readonly #descriptor: number;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#descriptor = openSync(join(folder, 'received.jsonl'), 'a+');
  }

  /** Every call of the record, oldest first. A line that a kill cut short is removed. */
  *read(): Iterable<ReceivedCall> {
    let [rest, whole, position] = [Buffer.alloc(0), 0, 0];
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (let size = 1; size > 0; position += size) {
      size = readSync(this.#descriptor, chunk, 0, CHUNK_BYTES, position);
      rest = Buffer.concat([rest, chunk.subarray(0, size)]);
      for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE)) {
        yield JSON.parse(rest.subarray(0, end).toString('utf8')) as ReceivedCall;
        rest = rest.subarray(end + 1);
        whole += end + 1;
      }
    }
    ftruncateSync(this.#descriptor, whole);
  }

  append(call: ReceivedCall): void {
    writeSync(this.#descriptor, `${JSON.stringify(call)}\n`);
  }

  clear(): void {
    ftruncateSync(this.#descriptor, 0);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
