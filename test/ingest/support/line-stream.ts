import { type Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { type ItemResult, wordFor } from './batch.js';
import type { Caller } from './caller.js';

/** What became of one line, as it is answered. */
export interface ResultLine extends ItemResult {
  readonly line: number;
}

/** A client that sends lines and reads answers whenever it likes, both over one connection. */
export class LineStream {
  private readonly answered = Promise.withResolvers<IncomingMessage>();
  private readonly results: ResultLine[] = [];
  private rest = '';
  private wake: () => void = () => undefined;
  private isEnded = false;

  private constructor(private readonly outgoing: ClientRequest) {
    outgoing.on('response', (response) => {
      this.answered.resolve(response);
      response.setEncoding('utf8').on('data', (text: string) => this.take(text));
      response.on('close', () => {
        this.isEnded = true;
        this.wake();
      });
    });
    outgoing.on('error', (error) => {
      this.answered.reject(error);
      this.isEnded = true;
      this.wake();
    });
    // Whoever does not ask for the answer does not miss it.
    this.answered.promise.catch(() => undefined);
  }

  static open(caller: Pick<Caller, 'url' | 'apiKey'>, path: string, agent: Agent | false = false): LineStream {
    const headers = { 'Content-Type': 'application/x-ndjson', Authorization: `Bearer ${caller.apiKey}` };
    const outgoing = request(`${caller.url}${path}`, { method: 'POST', headers, agent });
    outgoing.flushHeaders();
    return new LineStream(outgoing);
  }

  get response(): Promise<IncomingMessage> {
    return this.answered.promise;
  }

  write(text: string | Uint8Array): this {
    this.outgoing.write(text);
    return this;
  }

  end(): this {
    this.outgoing.end();
    return this;
  }

  /** From now on answers are left unread, until `read`. */
  async neglect(): Promise<void> {
    (await this.response).pause();
  }

  async read(): Promise<void> {
    (await this.response).resume();
  }

  /** The client goes away in the middle. */
  destroy(): void {
    this.outgoing.destroy();
  }

  /** The first so many results, as soon as they are there; fewer where the answer ends before. */
  async first(count: number): Promise<readonly ResultLine[]> {
    while (this.results.length < count && !this.isEnded) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return this.results.slice(0, count);
  }

  /** All results, once the answer has ended. */
  all(): Promise<readonly ResultLine[]> {
    return this.first(Number.POSITIVE_INFINITY);
  }

  private take(text: string): void {
    const lines = `${this.rest}${text}`.split('\n');
    this.rest = lines.pop() ?? '';
    this.results.push(...lines.map((line) => JSON.parse(line) as ResultLine));
    this.wake();
  }
}

/** Results as "line word". */
export function wordsOf(results: readonly ResultLine[]): string[] {
  return results.map((result) => `${result.line} ${wordFor(result)}`);
}
