import type { Answer } from './answer-reader.js';
import type { Contract } from './contract.js';
import { excerpt } from './fuzz-case.js';
import type { Operation } from './operation.js';
import { PROBLEM_LIST } from './problem-list.js';

/** Stands in every text a fuzzer sends where a text may be anything: no error may bring it back. */
export const CANARY = 'c4n4ry';

const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/;
const PROBLEM_SCHEMA = '/components/schemas/Problem';

/** Answers that any request can get, whatever its operation: the HTTP server gives them before it knows which it is. */
const BY_THE_SERVER: ReadonlySet<number> = new Set([400, 404, 405, 408, 413, 415, 417, 431]);

/** What the fuzzer knows of a request before it looks at the case. */
interface Asked {
  readonly method: string;
  readonly operation: Operation | null;
}

/** What holds for every answer, whatever was asked. */
export function breaches(contract: Contract, asked: Asked, answer: Answer): readonly string[] {
  const { operation, method } = asked;
  return [
    ...(answer.status >= 500 ? [`a ${answer.status}: ${excerpt(answer.body)}`] : []),
    ...(answer.status === 429 && !answer.headers.has('retry-after') ? ['a 429 without Retry-After'] : []),
    ...(TRACEPARENT.test(answer.headers.get('traceparent') ?? '') ? [] : ['no traceparent']),
    ...(answer.status >= 400 ? ofProblem(contract, answer, method) : []),
    ...(operation === null ? [] : ofOperation(contract, operation, answer)),
  ];
}

function ofProblem(contract: Contract, { status, headers, body }: Answer, method: string): readonly string[] {
  if (headers.get('content-type') !== 'application/problem+json') return [`a ${status} that is no problem document`];
  if (method === 'HEAD') return [];
  if (withoutPointers(body).includes(CANARY)) return ['a problem that brings back what was sent'];
  const problem = parsed(body) as { readonly type?: string; readonly status?: number } | null;
  const fault = contract.explain(PROBLEM_SCHEMA, problem);
  if (fault !== null) return [`a problem that breaks its schema: ${fault}`];
  const slug = problem?.type?.replace('/problems/', '') ?? '';
  const documented = PROBLEM_LIST.get(slug);
  if (documented === undefined) return [`a problem of an unknown type: ${slug}`];
  if (documented !== status) return [`a ${status} by the name of ${slug}, which is a ${documented}`];
  return problem?.status === status ? [] : [`a problem whose status is not the answer's: ${problem?.status}`];
}

/** The names of members may be said, for errors point at them; only contents may not. */
function withoutPointers(body: Buffer): string {
  return body.toString('utf8').replaceAll(/"pointer":"(?:[^"\\]|\\.)*"/g, '');
}

function ofOperation(contract: Contract, operation: Operation, answer: Answer): readonly string[] {
  const contents = operation.answers.get(answer.status);
  if (contents === undefined) {
    return BY_THE_SERVER.has(answer.status) ? [] : [`${operation.id}: a ${answer.status}, which the document lacks`];
  }
  const [type = ''] = (answer.headers.get('content-type') ?? '').split(';');
  const pointer = contents.get(type);
  if (pointer === undefined) return contents.size === 0 ? [] : [`${operation.id}: content of type "${type}"`];
  // Of lines each is judged by itself, by whoever knows what was sent.
  if (!type.endsWith('json') || type.endsWith('ndjson')) return [];
  const fault = contract.explain(pointer, parsed(answer.body));
  return fault === null ? [] : [`${operation.id}: an answer that breaks its schema: ${fault}`];
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
