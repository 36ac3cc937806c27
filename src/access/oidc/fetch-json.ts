import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { IssuerError } from './issuer.error.js';

export interface FetchOptions {
  readonly signal: AbortSignal;
  /** A longer document is not read to its end. */
  readonly maxBytes: number;
  readonly agent: https.Agent;
}

/** GETs a JSON document. Follows no redirect: the issuer's name decides who may answer for it. */
export async function fetchJson(url: URL, options: FetchOptions): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
  const { signal, agent } = options;
  const headers = { Accept: 'application/json' };
  const request =
    url.protocol === 'https:'
      ? https.get(url, { signal, agent, headers }, resolve)
      : http.get(url, { signal, headers }, resolve);
  request.on('error', reject);
  try {
    const response = await promise;
    if (response.statusCode !== 200) {
      response.destroy();
      throw new IssuerError(`it answered with status ${response.statusCode}`);
    }
    return parse(await read(response, options.maxBytes));
  } catch (error) {
    if (error instanceof IssuerError) throw error;
    throw new IssuerError(reasonOf(error, signal), { cause: error });
  } finally {
    request.destroy();
  }
}

async function read(body: Readable, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new IssuerError(`its answer is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Without the cause: a parser's message quotes what it could not parse.
    throw new IssuerError('its answer is not JSON');
  }
}

function reasonOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'it did not answer in time';
  return `it cannot be reached (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`;
}
