import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type Answer, AnswerReader } from './answer-reader.js';

/** How it went where no answer came, or none any more: the server closed, or it said nothing for too long. */
export type Ending = 'closed' | 'silent';

/** All that came back over a connection of its own. */
export interface Told {
  readonly answers: readonly Answer[];
  readonly ending: Ending;
  /** Whether it ended between answers, not within one. */
  readonly isWhole: boolean;
}

/**
 * A connection that sends bytes as they are and reads what comes back: no HTTP client would send what a fuzzer sends, and
 * none is as fast. It stays open as long as the server lets it. Rejects for answers that are no HTTP.
 */
export class Connection {
  private socket: Socket | null = null;
  private reader = new AnswerReader();
  private wake: () => void = () => undefined;
  private ending: Ending | null = 'closed';

  constructor(
    private readonly port: number,
    private readonly patienceMs = 15_000,
  ) {}

  /** The answer to one request, or what came in its place. */
  async exchange(bytes: Buffer, method: string): Promise<Answer | Ending> {
    const socket = await this.open();
    this.reader.expect(method);
    socket.write(bytes);
    for (;;) {
      const answer = this.reader.next(this.ending !== null);
      if (answer !== null && answer.status >= 200) return this.settle(answer);
      if (answer !== null) continue;
      if (this.ending !== null) return this.ending;
      await this.more();
    }
  }

  /** Sends bytes, then closes our side; everything that came until the server closed its own. */
  async abuse(pieces: readonly Buffer[]): Promise<Told> {
    this.close();
    const socket = await this.open();
    this.reader.expect('GET');
    for (const piece of pieces) socket.write(piece);
    socket.end();
    const answers: Answer[] = [];
    for (;;) {
      const answer = this.reader.next(this.ending !== null);
      if (answer !== null) answers.push(answer);
      else if (this.ending !== null) return { answers, ending: this.ending, isWhole: this.reader.isEmpty };
      else await this.more();
    }
  }

  close(): void {
    this.socket?.destroy();
    this.socket = null;
  }

  private more(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  private settle(answer: Answer): Answer {
    if (!this.reader.isEmpty) throw new Error('more than one answer to one request');
    if (answer.headers.get('connection') === 'close' || this.ending !== null) this.close();
    return answer;
  }

  private async open(): Promise<Socket> {
    if (this.socket !== null && this.ending === null) return this.socket;
    const socket = connect({ port: this.port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    const reader = new AnswerReader();
    socket.setTimeout(this.patienceMs, () => {
      this.end(socket, 'silent');
      socket.destroy();
    });
    socket.on('error', () => undefined);
    await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
    this.socket = socket;
    this.reader = reader;
    this.ending = socket.destroyed ? 'closed' : null;
    socket.on('data', (chunk) => {
      reader.add(chunk);
      if (this.socket === socket) this.wake();
    });
    for (const event of ['end', 'close'] as const) socket.on(event, () => this.end(socket, 'closed'));
    return socket;
  }

  private end(socket: Socket, ending: Ending): void {
    if (this.socket !== socket) return;
    this.ending ??= ending;
    this.wake();
  }
}
