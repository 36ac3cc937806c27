import type { EpochMs } from '../../kernel/clock.js';
import type { Credential } from '../credential.js';
import type { NoToken, TokenResult } from '../token/access-token.js';
import { ENTRA_CODES } from '../token/entra-codes.js';
import type { Finding } from './check-step.js';

/** How and when the token was asked for. */
export interface TokenRequest {
  readonly credential: Credential['kind'];
  readonly now: EpochMs;
  readonly tookMs: number;
}

/** Whether Entra accepts the application user's credential. */
export function judgeToken(result: TokenResult, { credential, now, tookMs }: TokenRequest): Finding {
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
    advice: adviceFor(result, credential),
    figures,
  };
}

function adviceFor({ outcome, status }: NoToken, credential: Credential['kind']): string {
  if (credential === 'managed-identity') {
    return 'This has to run on an Azure machine with a managed identity; where it has several, AZURE_CLIENT_ID names one.';
  }
  if (outcome.kind === 'throttled') return 'Try again later.';
  if (outcome.kind === 'unavailable') {
    return 'Let this machine out to AZURE_AUTHORITY_HOST on port 443, or name the proxy in HTTPS_PROXY.';
  }
  // No token was requested: a file is at fault, or the certificate of the server that should have answered.
  if (status === null) {
    return 'Look at the file of the credential, or where a certificate does not verify name its authority in NODE_EXTRA_CA_CERTS.';
  }
  return 'The sign-in log of the application in Entra says more: Enterprise applications, Sign-in logs, Service principal sign-ins.';
}
