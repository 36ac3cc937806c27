import type { EpochMs } from '../../kernel/clock.js';
import type { TokenResult } from '../token/access-token.js';
import { ENTRA_CODES } from '../token/entra-codes.js';
import type { Finding } from './check-step.js';

/** Whether Entra takes the application user for what it says it is. */
export function judgeToken(result: TokenResult, now: EpochMs, tookMs: number): Finding {
  if (result.kind === 'token') {
    const minutes = Math.floor((result.expiresAt - now) / 60_000);
    return {
      result: 'ok',
      detail: `a token for ${minutes} minutes`,
      figures: { ms: tookMs, validForMinutes: minutes },
    };
  }
  const { detail, code, status } = result;
  const known = ENTRA_CODES.get(code ?? '');
  const figures = { code, status };
  if (known !== undefined)
    return { result: 'failed', detail: `${known.meaning} (${code})`, advice: known.advice, figures };
  const facts = [...(status === null ? [] : [`HTTP ${status}`]), ...(code === null ? [] : [code])];
  return {
    result: 'failed',
    detail: facts.length === 0 ? detail : `${detail} (${facts.join(', ')})`,
    advice: adviceFor(result.outcome.kind),
    figures,
  };
}

function adviceFor(outcome: string): string {
  switch (outcome) {
    case 'unavailable':
      return 'Let this machine out to AZURE_AUTHORITY_HOST on port 443, or name the proxy in HTTPS_PROXY.';
    case 'throttled':
      return 'Try again later.';
    default:
      return 'The sign-in log of the application in Entra says more: Enterprise applications, Sign-in logs, Service principal sign-ins.';
  }
}
