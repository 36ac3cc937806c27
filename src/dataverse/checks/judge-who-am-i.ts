import type { Answer, NotSent } from '../answer.js';
import { classify } from '../classify.js';
import { errorMessageIn } from '../error-body.js';
import { failureInWords } from '../http/failure-in-words.js';
import { jsonObjectIn } from '../token/no-token-reason.js';
import { adviseOnSilence } from './advise-on-silence.js';
import type { Finding } from './check-step.js';

/** Who the application user is in Dataverse, or why it is nobody there. */
export type WhoAmI =
  | { readonly kind: 'known'; readonly userId: string; readonly finding: Finding }
  | {
      readonly kind: 'unknown';
      readonly finding: Finding;
      /** Why the checks after this one are skipped, in words. */
      readonly why: string;
    };

const ADVICE: ReadonlyMap<string, string> = new Map([
  [
    '0x80072560',
    'Create its application user: `dataverse grant --client-id <its client id>` by an administrator, or the Power Platform admin center, Environments, Settings, Users + permissions, Application users, New app user.',
  ],
  [
    '0x80042f09',
    'Give it a security role: `dataverse grant --client-id <its client id>` by an administrator, or the Power Platform admin center, Application users, Edit security roles.',
  ],
  ['0x80040225', 'Activate it in the Power Platform admin center, Application users; somebody has deactivated it.'],
]);
const WRONG_TOKEN =
  'The token is good for Entra and not for this environment: compare DATAVERSE_URL with the address the environment gives itself, and AZURE_TENANT_ID with its tenant.';

export function judgeWhoAmI(answer: Answer | NotSent): WhoAmI {
  if (answer.kind === 'not-sent') return unknown('it was called off', null, 'it was called off');
  const body = answer.kind === 'response' && answer.status === 200 ? jsonObjectIn(answer) : null;
  if (typeof body?.UserId !== 'string') return refused(answer);
  const { UserId: userId, OrganizationId: organizationId, BusinessUnitId: businessUnitId } = body;
  const figures = { userId, organizationId: text(organizationId), businessUnitId: text(businessUnitId) };
  return { kind: 'known', userId, finding: { result: 'ok', detail: `it is user ${userId}`, figures } };
}

function refused(answer: Answer): WhoAmI {
  const silent = adviseOnSilence(answer);
  if (answer.kind === 'failure') return unknown(failureInWords(answer), silent, 'Dataverse does not answer');
  const { httpStatus, errorCode, detail } = classify(answer);
  const said = answer.kind === 'response' ? errorMessageIn(answer.body) : null;
  const code = errorCode === null ? '' : ` (${errorCode})`;
  const words = `${detail ?? 'something else than Dataverse answered'}${code}${said === null ? '' : `: ${said}`}`;
  if (silent !== null) return unknown(words, silent, 'Dataverse does not say who it is');
  const advice = httpStatus === 401 ? WRONG_TOKEN : (ADVICE.get(errorCode ?? '') ?? null);
  return unknown(words, advice, 'Dataverse does not let it in');
}

function unknown(detail: string, advice: string | null, why: string): WhoAmI {
  return { kind: 'unknown', finding: { result: 'failed', detail, advice }, why };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
