import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** What Dataverse posted. The web's `Request` has this shape, and so has the `HttpRequest` of Azure Functions. */
export interface EventRequest {
  readonly headers: { keys(): IterableIterator<string> };
  text(): Promise<string>;
}

/** Dataverse reads the status alone; the body is for whoever looks. An `HttpResponseInit` of Azure Functions. */
export interface EventAnswer {
  readonly status: number;
  readonly body: string;
}

export interface Webhook {
  /** Whether who calls knows the secret. Nothing is read of what others send. */
  readonly admits: (url: URL, headers: Headers) => boolean;
  readonly receive: (request: EventRequest) => Promise<EventAnswer>;
}

/** Dataverse sends 256 KB at most. */
const LONGEST_BODY = 512 * 1024;

/** A webhook on this machine, to be put behind something that speaks https: Dataverse calls port 443 alone. */
export function webhookServer(webhook: Webhook): Server {
  return createServer((incoming, outgoing) => {
    answerTo(incoming, webhook).then(
      ({ status, body }) => outgoing.writeHead(status, { 'Content-Type': 'text/plain' }).end(`${body}\n`),
      // Who hangs up gets no answer; what fails for a reason nobody foresaw is a failed system job, which somebody sees.
      () => fail(outgoing),
    );
  });
}

/** Takes as long for a wrong secret as for the right one, however much of it is right. */
export function isSame(secret: string, given: string | null): boolean {
  return given !== null && timingSafeEqual(digest(secret), digest(given));
}

async function answerTo(incoming: IncomingMessage, { admits, receive }: Webhook): Promise<EventAnswer> {
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  const headers = new Headers(Object.entries(incoming.headersDistinct).map(([name, all]) => [name, all?.join() ?? '']));
  if (!admits(url, headers)) return { status: 401, body: 'The key is missing or wrong.' };
  if (incoming.method !== 'POST') return { status: 405, body: 'Events are posted.' };
  const text = await textOf(incoming);
  if (text === null) return { status: 413, body: 'Dataverse sends nothing so large.' };
  return receive({ headers, text: async () => text });
}

/** Null where it is too long. */
async function textOf(incoming: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    length += chunk.length;
    if (length > LONGEST_BODY) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function fail(outgoing: ServerResponse): void {
  if (!outgoing.headersSent) outgoing.writeHead(500);
  outgoing.end();
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
