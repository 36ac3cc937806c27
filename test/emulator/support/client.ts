import type { OutgoingHttpHeaders } from 'node:http';
import { Agent, request } from 'node:https';
import type { Emulator } from '../../../src/emulator/emulator.js';
import { DEFAULT_APPLICATION_USER } from '../../../src/emulator/emulator-options.js';

/** An HTTP answer, or nothing where the connection broke. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body as JSON; `unknown` fields are the test's business. */
  readonly json: () => Record<string, never>;
}

/** An answer, as far as it came. */
export interface Ended {
  readonly reply: Reply;
  /** The transport's error, or null where the answer is whole. */
  readonly error: Error | null;
}

/** What a test sends. */
export interface Sending {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

/** A plain HTTPS client of an emulator: trusts its authority, follows nothing, repeats nothing. */
export class Client {
  readonly #agent: Agent;
  #token: string | null = null;

  constructor(
    private readonly emulator: Emulator,
    private readonly credential: {
      readonly clientId: string;
      readonly clientSecret: string;
    } = DEFAULT_APPLICATION_USER,
  ) {
    this.#agent = new Agent({ keepAlive: true, ca: emulator.caCertificate });
  }

  /** Sends as told. Rejects with the transport's error where there is no whole answer. */
  async send(path: string, sending: Sending = {}): Promise<Reply> {
    const { reply, error } = await this.sendToTheEnd(path, sending);
    if (error !== null) throw error;
    return reply;
  }

  /** Sends as told: what came of the answer, and what ended it before its time. Rejects where nothing came. */
  sendToTheEnd(path: string, { method = 'GET', headers = {}, body }: Sending = {}): Promise<Ended> {
    const { promise, resolve, reject } = Promise.withResolvers<Ended>();
    const outgoing = request(new URL(path, this.emulator.url), { method, headers, agent: this.#agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      const end = (error: Error | null) => {
        const text = Buffer.concat(chunks).toString('utf8');
        const flat = Object.entries(response.headers).map(([name, value]) => [name, `${value}`]);
        const json = () => JSON.parse(text) as Record<string, never>;
        const status = response.statusCode ?? 0;
        resolve({ reply: { status, headers: Object.fromEntries(flat), body: text, json }, error });
      };
      response.on('error', end);
      response.on('end', () => end(null));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
    return promise;
  }

  /** Asks the token endpoint; `form` overrides what a good request says, null leaves a field out. */
  async askToken(form: Readonly<Record<string, string | null>> = {}, tenant = this.emulator.tenantId): Promise<Reply> {
    const fields = {
      grant_type: 'client_credentials',
      client_id: this.credential.clientId,
      client_secret: this.credential.clientSecret,
      scope: `${this.emulator.url}/.default`,
      ...form,
    };
    const given = Object.entries(fields).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams(Object.fromEntries(given)).toString();
    return this.send(`/${tenant}/oauth2/v2.0/token`, { method: 'POST', headers, body });
  }

  /** An access token, asked for once. */
  async token(): Promise<string> {
    this.#token ??= (await this.askToken()).json().access_token ?? '';
    return this.#token;
  }

  forgetToken(): void {
    this.#token = null;
  }

  /** A request to the Web API with a token. */
  async api(path: string, { headers = {}, ...sending }: Sending = {}): Promise<Reply> {
    const authorization = `Bearer ${await this.token()}`;
    return this.send(`/api/data/v9.2/${path}`, { ...sending, headers: { authorization, ...headers } });
  }

  /** A call of a custom API. */
  call(path: string, body: string | Buffer, headers: OutgoingHttpHeaders = {}): Promise<Reply> {
    return this.api(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  }

  /** A request to the control endpoint. */
  control(method: string, path: string, body?: unknown): Promise<Reply> {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    return this.send(`/_emulator${path}`, { method, headers, ...text });
  }

  close(): void {
    this.#agent.destroy();
  }
}
