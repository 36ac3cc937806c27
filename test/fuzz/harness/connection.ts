import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type Answer, AnswerReader } from './answer-reader.js';

/**
 * A connection that sends bytes as they are and reads what comes back: no HTTP client would send what a fuzzer sends, and
 * none is as fast. It stays open as long as the server lets it.
 */
export class Connection {
  private socket: Socket | null = null;
  private reader = new AnswerReader();
  private wake: () => void = () => undefined;
  private isClosed = true;

  constructor(
    private readonly port: number,
    private readonly patienceMs = 15_000,
  ) {}

  /** The answer to one request, or null where the server closed without one. Rejects when it stays silent. */
  async exchange(bytes: Buffer, method: string): Promise<Answer | null> {
    const socket = await this.open();
    this.reader.expect(method);
    socket.write(bytes);
    for (;;) {
      const answer = this.reader.next(this.isClosed);
      if (answer !== null && answer.status >= 200) return this.settle(answer);
      if (answer !== null) continue;
      if (this.isClosed) return null;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  /** Sends bytes, then closes our side; everything that came until the server closed its own. */
  async abuse(pieces: readonly Buffer[], method = 'GET'): Promise<readonly Answer[]> {
    this.close();
    const socket = await this.open();
    this.reader.expect(method);
    for (const piece of pieces) socket.write(piece);
    socket.end();
    const answers: Answer[] = [];
    for (;;) {
      const answer = this.reader.next(this.isClosed);
      if (answer !== null) answers.push(answer);
      else if (this.isClosed) return answers;
      else
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
    }
  }

  close(): void {
    this.socket?.destroy();
    this.socket = null;
  }

  private settle(answer: Answer): Answer {
    if (answer.headers.get('connection') === 'close' || this.isClosed) this.close();
    return answer;
  }

  private async open(): Promise<Socket> {
    if (this.socket !== null && !this.isClosed) return this.socket;
    const socket = connect({ port: this.port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    const reader = new AnswerReader();
    socket.setTimeout(this.patienceMs, () => socket.destroy(new Error('the gateway is silent')));
    socket.on('error', () => undefined);
    await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
    this.socket = socket;
    this.reader = reader;
    this.isClosed = socket.destroyed;
    socket.on('data', (chunk) => {
      reader.add(chunk);
      if (this.socket === socket) this.wake();
    });
    for (const ending of ['end', 'close'] as const) {
      socket.on(ending, () => {
        if (this.socket !== socket) return;
        this.isClosed = true;
        this.wake();
      });
    }
    return socket;
  }
}
