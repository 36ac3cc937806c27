import { connect } from 'node:net';

/** One answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/**
 * Sends bytes as they are and reads until the server closes the connection: what no HTTP client would send, and what it
 * would not show. Rejects when the server does not close within `patienceMs`.
 */
export async function rawHttp(port: number, bytes: string | Buffer, patienceMs = 30_000): Promise<RawAnswer[]> {
  const socket = connect(port, '127.0.0.1');
  socket.setTimeout(patienceMs, () => socket.destroy(new Error('the server left the connection open')));
  const chunks: Buffer[] = [];
  socket.write(bytes);
  try {
    for await (const chunk of socket) chunks.push(chunk as Buffer);
  } catch (error) {
    // A server that closes with bytes unread resets the connection after its answer; the answer counts.
    if (chunks.length === 0) throw error;
  }
  return answersIn(Buffer.concat(chunks).toString('latin1'));
}

function answersIn(text: string): RawAnswer[] {
  const answers: RawAnswer[] = [];
  for (let rest = text; rest !== ''; ) {
    const headEnd = rest.indexOf('\r\n\r\n');
    const head = rest.slice(0, headEnd);
    const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
    const body = rest.slice(headEnd + 4, headEnd + 4 + length);
    answers.push({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]), head, body });
    rest = rest.slice(headEnd + 4 + length);
  }
  return answers;
}
