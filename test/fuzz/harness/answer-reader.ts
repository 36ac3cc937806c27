/** One HTTP answer. */
export interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

const HEAD_END = '\r\n\r\n';

/** Takes answers out of the bytes of a connection: only as much HTTP as a well-behaved server speaks. */
export class AnswerReader {
  private bytes: Buffer = Buffer.alloc(0);
  private method = 'GET';

  /** Answers to HEAD announce a length and have no body. */
  expect(method: string): void {
    this.method = method;
  }

  add(chunk: Buffer): void {
    this.bytes = this.bytes.length === 0 ? chunk : Buffer.concat([this.bytes, chunk]);
  }

  /** Whether nothing is left over: not half an answer, nor more than one. */
  get isEmpty(): boolean {
    return this.bytes.length === 0;
  }

  /** The next whole answer, or null while it is not all there. Throws for what is no HTTP. */
  next(isClosed: boolean): Answer | null {
    const end = this.bytes.indexOf(HEAD_END);
    if (end === -1) return null;
    const [statusLine = '', ...lines] = this.bytes.toString('latin1', 0, end).split('\r\n');
    const status = Number(/^HTTP\/1\.[01] (\d{3}) /.exec(`${statusLine} `)?.[1]);
    if (Number.isNaN(status)) throw new Error(`no HTTP: ${statusLine}`);
    const headers = new Map(lines.map((line) => [nameOf(line), line.slice(line.indexOf(':') + 1).trim()]));
    const start = end + HEAD_END.length;
    const body = this.isBodiless(status)
      ? { content: Buffer.alloc(0), end: start }
      : this.body(headers, start, isClosed);
    if (body === null) return null;
    this.bytes = this.bytes.subarray(body.end);
    return { status, headers, body: body.content };
  }

  private isBodiless(status: number): boolean {
    return this.method === 'HEAD' || status < 200 || status === 204 || status === 304;
  }

  private body(headers: ReadonlyMap<string, string>, start: number, isClosed: boolean) {
    const length = headers.get('content-length');
    if (length !== undefined) {
      const end = start + wholeNumber(length, 10);
      return this.bytes.length < end ? null : { content: this.bytes.subarray(start, end), end };
    }
    if (headers.get('transfer-encoding') === 'chunked') return this.chunks(start);
    return isClosed ? { content: this.bytes.subarray(start), end: this.bytes.length } : null;
  }

  private chunks(start: number) {
    const parts: Buffer[] = [];
    for (let at = start; ; ) {
      const lineEnd = this.bytes.indexOf('\r\n', at);
      if (lineEnd === -1) return null;
      const size = wholeNumber(this.bytes.toString('latin1', at, lineEnd), 16);
      const end = lineEnd + 2 + size;
      if (this.bytes.length < end + 2) return null;
      if (size === 0) return { content: Buffer.concat(parts), end: end + 2 };
      parts.push(this.bytes.subarray(lineEnd + 2, end));
      at = end + 2;
    }
  }
}

function nameOf(line: string): string {
  return line.slice(0, line.indexOf(':')).toLowerCase();
}

function wholeNumber(text: string, radix: 10 | 16): number {
  if (!/^[0-9a-f]+$/i.test(text)) throw new Error(`no HTTP: a length of "${text}"`);
  return Number.parseInt(text, radix);
}
