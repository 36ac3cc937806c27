import { expect } from '@jest/globals';
import { PROBLEM_TYPES, type ProblemSlug } from '../../../src/http/problem-types.js';
import type { InputFault } from '../../../src/kernel/input-fault.js';
import type { IngestApp } from './ingest-app.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed body. */
  readonly body: Record<string, unknown>;
}

/** A client over real HTTP with a credential of its own, or without one. */
export class Caller {
  constructor(
    readonly url: string,
    readonly apiKey: string | null,
  ) {}

  /** `body`: a text or bytes are sent as they are, anything else as JSON. */
  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const content = typeof body === 'string' || isBytes(body) ? body : JSON.stringify(body);
    return this.call('POST', path, { 'Content-Type': 'application/json', ...headers }, content);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('GET', path, headers);
  }

  async call(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string | Uint8Array<ArrayBuffer>,
  ): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { ...(this.apiKey === null ? {} : { Authorization: `Bearer ${this.apiKey}` }), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
  }
}

function isBytes(body: unknown): body is Uint8Array<ArrayBuffer> {
  return body instanceof Uint8Array;
}

/** A client that may publish `types`, or everything. */
export async function publisher(app: IngestApp, name: string, types: readonly string[] = ['*']): Promise<Caller> {
  const { apiKey } = await app.clients.create({ name, publish: types, operator: false }, 'cli:test');
  return new Caller(app.url, apiKey);
}

export async function operator(app: IngestApp, name: string): Promise<Caller> {
  const { apiKey } = await app.clients.create({ name, publish: [], operator: true }, 'cli:test');
  return new Caller(app.url, apiKey);
}

export function stranger(app: IngestApp): Caller {
  return new Caller(app.url, null);
}

/** A problem answer of this type; `errors` as "pointer detail" lines where given. */
export function expectProblem(answer: Answer, slug: ProblemSlug, errors?: readonly string[]): void {
  const { status, title } = PROBLEM_TYPES[slug];
  expect(answer.body).toMatchObject({ type: `/problems/${slug}`, title, status, detail: expect.any(String) });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  if (errors !== undefined) expect(faultsIn(answer)).toEqual([...errors].sort());
}

/** The faults of a problem as "pointer detail", sorted. */
export function faultsIn({ body }: Answer): string[] {
  const errors = (body.errors ?? []) as readonly InputFault[];
  return errors.map(({ pointer, detail }) => `${pointer} ${detail}`).sort();
}
