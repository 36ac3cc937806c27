import { befall, momentOf } from '../faults/befall.js';
import type { Fault } from '../faults/fault.js';
import { throttleError } from '../limits/service-protection-limits.js';
import type { Organization } from '../organization.js';
import type { Answer, Ending } from '../server/answer.js';
import type { ApiOperation, ApiWork } from './api-operation.js';
import { challenge } from './authenticate.js';
import { errorAnswer } from './odata-answer.js';
import { targetOf } from './request-target.js';

/** The answer that a fault has in place of the true one. */
export function faultAnswer(fault: Fault, origin: string, organization: Organization): Answer {
  switch (fault.kind) {
    case 'expired-token':
      return challenge('The token is expired', origin, organization);
    case 'throttle': {
      const { code, message } = throttleError(fault.facet ?? 'requests', organization.protection.limits);
      const { retryAfterSeconds = 1 } = fault;
      const answer = errorAnswer(429, code, message);
      if (retryAfterSeconds === null) return answer;
      return { ...answer, headers: { ...answer.headers, 'retry-after': `${retryAfterSeconds}` } };
    }
    case 'status': {
      const { code = '', message = 'A fault on order.', padTo = 0 } = fault;
      const document = errorAnswer(fault.status, code, message);
      const body = (fault.body ?? document.body).padEnd(padTo);
      return { ...document, headers: { ...document.headers, ...lowerCase(fault.headers ?? {}) }, body };
    }
    default:
      throw new Error(`a fault of kind ${fault.kind} has no answer`);
  }
}

/** One operation of a `$batch`. */
export interface BatchPart {
  readonly operation: ApiOperation;
  readonly work: ApiWork;
  readonly execute: () => Promise<Answer>;
}

/**
 * Runs an operation of a `$batch` under its fault, if there is one. If the operation ends without an answer, so does
 * the whole batch.
 */
export async function runPart({ operation, work, execute }: BatchPart, organization: Organization): Promise<Ending> {
  const { faults } = organization;
  const { customApi, table } = targetOf(operation.segment, organization);
  const struck = faults.take({
    target: 'part',
    customApi,
    table,
    method: operation.method,
    clientId: work.user.clientId,
    body: () => operation.body.toString('utf8'),
  });
  if (struck === null) return { kind: 'answer', answer: await execute() };
  const { fault } = struck;
  const answer = momentOf(fault) === 'after-commit' ? await execute() : null;
  const substitute = () => faultAnswer(fault, work.origin, organization);
  const ending = await befall(faults, { struck, answer, substitute, gone: () => new Promise(() => undefined) });
  return ending ?? { kind: 'answer', answer: answer ?? (await execute()) };
}

/** One spelling for every header, so that an ordered one replaces ours. */
function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
