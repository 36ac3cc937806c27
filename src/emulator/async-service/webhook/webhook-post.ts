import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { EmulatorSettings } from '../../emulator-settings.js';
import type { UnconfirmedPoints } from '../../unconfirmed-points.js';
import type { EndpointPost, PostOrder, PostOutcome } from '../endpoint-post.js';
import { fitContext } from '../strip-context.js';
import { judgeAnswer, type SentOnce } from './judge-answer.js';
import { webhookFailure } from './webhook-failures.js';
import { type WebhookRequest, webhookRequest } from './webhook-request.js';

/** Of the whole body. Source: "Use webhooks". */
const WEBHOOK_LIMIT_BYTES = 256 * 1024;
/**
 * Shorter than servers usually keep idle connections (Node: 5 s), so that none is used just when its server closes it.
 */
const IDLE_SOCKET_MS = 3000;
/** After this much of an answer's body the connection is closed. */
const READ_BYTES = 64 * 1024;

/** What posting to webhooks depends on. */
export interface WebhookPostParts {
  /** Where origins lead on this machine, in place of DNS and load balancers: see `EmulatorOptions.webhookRoutes`. */
  readonly routes: ReadonlyMap<string, string>;
  readonly settings: Pick<EmulatorSettings, 'webhookTimeoutMs'>;
  readonly points: UnconfirmedPoints;
  /** PEM; additional authorities for the receivers' certificates. */
  readonly authorities: readonly string[];
  /** How long an unused connection is kept. */
  readonly idleSocketMs?: number;
}

/** The result of a request on one connection. */
interface Exchange {
  readonly sent: SentOnce;
  /** Whether the connection was a kept one that its receiver closed instead of answering. */
  readonly isStale: boolean;
}

const STOPPED: SentOnce = { kind: 'broken', reason: 'the emulator stopped' };
/** Which connections a request may use. */
interface Agents {
  readonly http: HttpAgent | false;
  readonly https: HttpsAgent | false;
}

const NOTHING_KEPT: Agents = { http: false, https: false };
/** The error codes of a connection that the other side has just closed. */
const CLOSED: readonly unknown[] = ['ECONNRESET', 'EPIPE'];

/** Posts to webhooks as Dataverse does: 60 s for an answer, one more attempt after 502, 503 and 504, the status alone counts. */
export class WebhookPost implements EndpointPost {
  readonly #agents: { readonly http: HttpAgent; readonly https: HttpsAgent };
  readonly #ca: { readonly ca?: string[] };

  constructor(private readonly parts: WebhookPostParts) {
    const timeout = parts.idleSocketMs ?? IDLE_SOCKET_MS;
    this.#ca = parts.authorities.length === 0 ? {} : { ca: [...parts.authorities] };
    const http = new HttpAgent({ keepAlive: true, timeout });
    this.#agents = { http, https: new HttpsAgent({ keepAlive: true, timeout }) };
  }

  async post({ endpoint, context, facts, signal }: PostOrder): Promise<PostOutcome> {
    const { points } = this.parts;
    const fitted = fitContext(context, WEBHOOK_LIMIT_BYTES, points);
    const unsent = { status: null, tries: 0, stripped: fitted.stripped };
    if (!fitted.fits) {
      return {
        kind: 'failed',
        ...unsent,
        ...webhookFailure('too-large', 'It is too large without its parameters, too.'),
      };
    }
    const read = webhookRequest({ endpoint, facts, fitted }, points);
    if (read.kind === 'failed') return { kind: 'failed', ...unsent, ...read.failure };
    for (let tries = 1; ; tries += 1) {
      const sent = await this.#send(read.request, fitted.text, signal);
      const judgement = judgeAnswer(sent, tries);
      if (judgement.kind === 'repeat') continue;
      const told = { status: sent.kind === 'answered' ? sent.status : null, tries, stripped: fitted.stripped };
      return judgement.kind === 'done' ? { kind: 'done', ...told } : { kind: 'failed', ...told, ...judgement.failure };
    }
  }

  async close(): Promise<void> {
    this.#agents.http.destroy();
    this.#agents.https.destroy();
  }

  /**
   * Once more, on a new connection, if the kept one had just been closed: that is no failure, and both count as one
   * try.
   */
  async #send(request: WebhookRequest, body: string, signal: AbortSignal): Promise<SentOnce> {
    if (signal.aborted) return STOPPED;
    const { sent, isStale } = await this.#exchange(this.#open(request, this.#agents), body, signal);
    if (!isStale || signal.aborted) return sent;
    return (await this.#exchange(this.#open(request, NOTHING_KEPT), body, signal)).sent;
  }

  /**
   * The request, and the check of the certificate, name the host that was asked for, even if a route leads elsewhere.
   */
  #open({ url, headers }: WebhookRequest, agents: Agents): ClientRequest {
    const target = new URL(this.parts.routes.get(url.origin) ?? url.origin);
    const isSecure = target.protocol === 'https:';
    return (isSecure ? requestHttps : requestHttp)({
      method: 'POST',
      host: target.hostname.replace(/^\[|\]$/g, ''),
      port: target.port === '' ? (isSecure ? 443 : 80) : Number(target.port),
      path: `${url.pathname}${url.search}`,
      headers: { host: url.host, ...headers },
      agent: isSecure ? agents.https : agents.http,
      ...this.#ca,
    });
  }

  /** Resolves when the exchange is over: an answer keeps its place until its body has come, or enough of it. */
  #exchange(outgoing: ClientRequest, body: string, signal: AbortSignal): Promise<Exchange> {
    const { promise, resolve } = Promise.withResolvers<Exchange>();
    let sent: SentOnce = { kind: 'broken', reason: 'no answer came' };
    let [isAnswered, isStale] = [false, false];
    const end = (otherwise: SentOnce) => {
      if (!isAnswered) sent = otherwise;
      outgoing.destroy();
    };
    const stop = () => end(STOPPED);
    const timer = setTimeout(() => end({ kind: 'timed-out' }), this.parts.settings.webhookTimeoutMs);
    signal.addEventListener('abort', stop);
    outgoing.on('response', (answer: IncomingMessage) => {
      isAnswered = true;
      sent = { kind: 'answered', status: answer.statusCode ?? 0 };
      discard(answer);
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      if (sent.kind !== 'broken' || sent === STOPPED) return;
      isStale = outgoing.reusedSocket && CLOSED.includes(error.code);
      sent = { kind: 'broken', reason: error.code ?? error.message };
    });
    outgoing.on('close', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      resolve({ sent, isStale });
    });
    outgoing.end(body);
    return promise;
  }
}

/** Reads a short body to its end, so that the connection can be used again; a longer one ends the connection. */
function discard(answer: IncomingMessage): void {
  let bytes = 0;
  answer.on('error', () => undefined);
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > READ_BYTES) answer.destroy();
  });
}
