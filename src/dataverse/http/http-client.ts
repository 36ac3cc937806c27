import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import tls from 'node:tls';
import axios, { AxiosError, type AxiosInstance, type AxiosResponse } from 'axios';
import axiosRetry from 'axios-retry';
import type { Clock } from '../../kernel/clock.js';
import type { HttpAnswer, HttpRequest, HttpResponse } from './http-exchange.js';
import { readBody } from './read-body.js';
import { WatchedTransport } from './watched-transport.js';

export interface HttpClientOptions {
  /** PEM certificates to trust instead of those Node trusts (its own and NODE_EXTRA_CA_CERTS). */
  readonly ca?: string;
  /** A proxy to tunnel through. Without one connections are direct: the environment is not read. */
  readonly proxy?: { readonly url: string; readonly except?: string };
  /** Time for DNS, TCP and TLS together; 10 s by default. */
  readonly connectTimeoutMs?: number;
  /** How long a connection may be idle; 30 s by default, so that stale ones are rare. */
  readonly idleSocketMs?: number;
  /** How many bytes of an unpacked body are read at most; 1 MiB by default. */
  readonly maxBodyBytes?: number;
}

const DEFAULTS = { connectTimeoutMs: 10_000, idleSocketMs: 30_000, maxBodyBytes: 1024 * 1024 };

/**
 * The only way out, for tokens and for Dataverse. Follows no redirect, keeps no cookie, and repeats a request only if
 * it surely did not run. An exchange never rejects: every failure is an answer.
 */
export class HttpClient {
  private readonly transport: WatchedTransport;
  private readonly agents: { readonly httpAgent: http.Agent; readonly httpsAgent: https.Agent };
  private readonly axios: AxiosInstance;
  private readonly maxBodyBytes: number;

  constructor(
    options: HttpClientOptions,
    private readonly clock: Clock,
  ) {
    const { connectTimeoutMs, idleSocketMs, maxBodyBytes } = { ...DEFAULTS, ...options };
    this.maxBodyBytes = maxBodyBytes;
    this.transport = new WatchedTransport(connectTimeoutMs);
    this.agents = agentsFor(options, idleSocketMs);
    this.axios = axios.create({
      ...this.agents,
      adapter: 'http',
      transport: this.transport,
      // `false` keeps axios from reading HTTPS_PROXY itself; our own agent tunnels where a proxy was given.
      ...(options.proxy === undefined ? { proxy: false } : {}),
      // The status is known once the head is read, even if the body is lost.
      responseType: 'stream',
      decompress: true,
      maxContentLength: -1,
      maxBodyLength: Number.POSITIVE_INFINITY,
      // Every status is an answer; only the transport fails.
      validateStatus: () => true,
      transformRequest: [asItIs],
      transformResponse: [asItIs],
      // Time is kept by the signal, over all repeats.
      timeout: 0,
    });
    this.repeatWhatDidNotRun();
  }

  async exchange(request: HttpRequest): Promise<HttpAnswer> {
    const { method, url, headers, body, signal, maxBodyBytes = this.maxBodyBytes } = request;
    try {
      const response = await this.axios.request<Readable>({ method, url, headers, data: body ?? undefined, signal });
      return await this.answerOf(response, maxBodyBytes);
    } catch (error) {
      return { kind: 'failure', stage: this.stageOf(error), code: codeOf(error, signal) };
    }
  }

  /** Closes every connection; exchanges under way fail. */
  close(): void {
    this.agents.httpAgent.destroy();
    this.agents.httpsAgent.destroy();
  }

  private async answerOf(response: AxiosResponse<Readable>, maxBodyBytes: number): Promise<HttpResponse> {
    const { status, data, headers } = response;
    const receivedAt = this.clock.now();
    const { text, complete } = await readBody(data, maxBodyBytes);
    const get = (name: string) => headers[name.toLowerCase()]?.toString() ?? null;
    return { kind: 'response', status, headers: { get }, body: text, complete, receivedAt };
  }

  /**
   * Once more, at once; after that the gate has to wait. An invalid certificate is not repeated: it would still be
   * invalid.
   */
  private repeatWhatDidNotRun(): void {
    axiosRetry(this.axios, {
      retries: 1,
      retryCondition: (error) => this.stageOf(error) === 'connecting',
      retryDelay: () => 0,
      shouldResetTimeout: false,
      onRetry: () => undefined,
      onMaxRetryTimesExceeded: () => undefined,
      validateResponse: null,
    });
  }

  private stageOf(error: unknown) {
    return this.transport.stageOf(error instanceof AxiosError ? error.request : null);
  }
}

function agentsFor(options: HttpClientOptions, idleSocketMs: number) {
  const { ca, proxy } = options;
  const httpsAgent = new https.Agent({
    keepAlive: true,
    timeout: idleSocketMs,
    // Made once: making it per connection would parse the certificates each time.
    ...(ca === undefined ? {} : { secureContext: tls.createSecureContext({ ca }) }),
    ...(proxy === undefined ? {} : { proxyEnv: { HTTPS_PROXY: proxy.url, NO_PROXY: proxy.except ?? '' } }),
  });
  // For the metadata service of managed identities, which is plain HTTP on the machine itself.
  return { httpsAgent, httpAgent: new http.Agent({ keepAlive: false }) };
}

function asItIs(data: unknown): unknown {
  return data;
}

function codeOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return (signal.reason as Error | undefined)?.name === 'TimeoutError' ? 'ETIMEDOUT' : 'ABORTED';
  return (error as { code?: string }).code ?? 'EUNKNOWN';
}
