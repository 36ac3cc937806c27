import type { HttpResponse } from '../http/http-exchange.js';
import type { CheckStep, CheckStepName, Finding } from './check-step.js';
import type { Checked } from './checked.js';
import { judgeAddress } from './judge-address.js';
import { judgeAuthority } from './judge-authority.js';
import { stopwatch } from './stopwatch.js';
import { UserCheck } from './user-check.js';

/** For an answer to a request without a token. */
const TIMEOUT_MS = 30_000;

/**
 * Checks every step for every application user, as far as it makes sense, without calling or changing anything.
 * Resolves with whether nothing failed.
 */
export async function checkEnvironment(checked: Checked): Promise<boolean> {
  let isWell = true;
  const report = (step: CheckStep) => {
    isWell &&= step.result === 'ok' || step.result === 'warning';
    checked.report(step);
  };
  const tell = (step: CheckStepName, finding: Finding) => report(stepOf(step, finding));
  const answer = await askWithoutToken(checked, tell);
  if (answer === null) {
    tell('authority', skipped('the address does not answer'));
    return false;
  }
  const { connection } = checked;
  const { tenantId, authorityHost } = connection.options;
  const { isDataverse, ...authority } = judgeAuthority(answer, {
    tenantId,
    authorityHost: new URL(authorityHost).origin,
    origin: connection.origin,
  });
  tell('authority', authority);
  if (!isDataverse) {
    tell('token', skipped('there is no environment to have one for'));
    return false;
  }
  for (const applicationUser of connection.applicationUsers) {
    await new UserCheck({ ...checked, report }, applicationUser).walk();
  }
  return isWell;
}

async function askWithoutToken(
  { connection, signal }: Checked,
  tell: (step: CheckStepName, finding: Finding) => void,
): Promise<HttpResponse | null> {
  const took = stopwatch();
  const answer = await connection.http.exchange({
    method: 'GET',
    url: `${connection.origin}${connection.root}/`,
    headers: { Accept: 'application/json' },
    body: null,
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  });
  tell('address', judgeAddress(answer, new URL(connection.origin).host, took()));
  return answer.kind === 'response' ? answer : null;
}

function stepOf(step: CheckStepName, { advice = null, figures = {}, ...finding }: Finding): CheckStep {
  return { step, applicationUser: null, customApi: null, ...finding, advice, figures };
}

function skipped(why: string): Finding {
  return { result: 'skipped', detail: `not looked at, nor what comes behind it: ${why}` };
}
