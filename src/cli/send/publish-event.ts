import { setTimeout as wait } from 'node:timers/promises';
import type { Wait } from '../../dataverse/repeat/patience.js';
import { failureInWords } from './failure-in-words.js';
import { parseObject } from './parse-object.js';

/** The refusal of an event; without its content, which the gateway does not echo. */
export interface Refusal {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly { readonly pointer: string; readonly detail: string }[];
}

/** What became of one event. */
export type Publication =
  | { readonly kind: 'accepted' | 'repeated'; readonly durationMs: number }
  | { readonly kind: 'refused'; readonly durationMs: number; readonly refusal: Refusal }
  | { readonly kind: 'unanswered'; readonly detail: string };

/** Where events are sent, with which key, and how patiently. */
export interface Endpoint {
  readonly url: string;
  readonly apiKey: string;
  readonly signal: AbortSignal;
  /** How often one event is sent at most. */
  readonly tries: number;
  /** Before the second try; doubles with each. A Retry-After is honoured instead. */
  readonly backoffMs: number;
  /** Told of each wait as it begins. */
  readonly onWait: (wait: Wait) => void;
}

type Answer =
  | { readonly kind: 'final'; readonly publication: Publication }
  | { readonly kind: 'again'; readonly detail: string; readonly retryAfterMs: number | null };

const TIMEOUT_MS = 30_000;
const MAX_RETRY_AFTER_MS = 60_000;

/**
 * Sends one event until there is a final answer. Repeats after 5xx, 408, 429 or no answer have the same body, and so
 * the same business key: the gateway stores the event once.
 */
export async function publishEvent(body: string, endpoint: Endpoint): Promise<Publication> {
  const startedAt = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    const triedAt = performance.now();
    const answer = await post(body, endpoint, startedAt);
    if (answer.kind === 'final') return answer.publication;
    if (attempt >= endpoint.tries || endpoint.signal.aborted) return { kind: 'unanswered', detail: answer.detail };
    const ms = answer.retryAfterMs ?? endpoint.backoffMs * 2 ** (attempt - 1);
    endpoint.onWait({ ms, tookMs: performance.now() - triedAt, why: answer.detail });
    await pause(ms, endpoint.signal);
  }
}

async function post(body: string, { url, apiKey, signal }: Endpoint, startedAt: number): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
      body,
      // Redirects are not followed: the key is for this address alone.
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const text = await response.text();
    return judge(response, text, performance.now() - startedAt);
  } catch (error) {
    return { kind: 'again', detail: reasonOf(error), retryAfterMs: null };
  }
}

function judge(response: Response, text: string, durationMs: number): Answer {
  const { status, headers } = response;
  if (status >= 500 || status === 408 || status === 429) {
    return {
      kind: 'again',
      detail: failureInWords(status, text),
      retryAfterMs: retryAfterMs(headers.get('Retry-After')),
    };
  }
  if (status === 202) {
    const kind = headers.get('Idempotency-Replayed') === 'true' ? 'repeated' : 'accepted';
    return { kind: 'final', publication: { kind, durationMs } };
  }
  return { kind: 'final', publication: { kind: 'refused', durationMs, refusal: refusalOf(status, text) } };
}

/** A problem in the gateway's words; an answer of anything else is told by its status alone. */
function refusalOf(status: number, text: string): Refusal {
  const problem = parseObject(text);
  const { title, detail, errors } = problem;
  return {
    status,
    title: typeof title === 'string' ? title : 'an answer that is not from a gateway',
    detail: typeof detail === 'string' ? detail : '',
    errors: Array.isArray(errors) ? (errors as Refusal['errors']) : [],
  };
}

function retryAfterMs(header: string | null): number | null {
  return header !== null && /^\d+$/.test(header) ? Math.min(Number(header) * 1000, MAX_RETRY_AFTER_MS) : null;
}

/** fetch says "fetch failed" and keeps the reason in the cause. */
function reasonOf(error: unknown): string {
  const { name, cause } = error as Error;
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  return code ?? (name === 'TimeoutError' ? `no answer within ${TIMEOUT_MS / 1000} s` : name);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}
