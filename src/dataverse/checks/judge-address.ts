import type { HttpAnswer, HttpFailure } from '../http/http-exchange.js';
import type { Finding } from './check-step.js';

/** Whether the address leads to a server with a trusted certificate; any answer will do. */
export function judgeAddress(answer: HttpAnswer, host: string, tookMs: number): Finding {
  if (answer.kind === 'failure') return { result: 'failed', ...unreached(answer, host) };
  return { result: 'ok', detail: `${host} answers, and its certificate verifies`, figures: { ms: tookMs } };
}

function unreached({ stage, code }: HttpFailure, host: string): { readonly detail: string; readonly advice: string } {
  if (stage === 'unverified') return untrusted(code, host);
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {
        detail: `no name server knows ${host} (${code})`,
        advice:
          'Compare DATAVERSE_URL with the Environment URL in the Power Platform admin center; else look at DNS here.',
      };
    case 'ECONNREFUSED':
      return { detail: `${host} takes no connection (${code})`, advice: 'Compare DATAVERSE_URL, its port too.' };
    case 'ECONNTIMEOUT':
    case 'ECONNECTTIMEOUT':
    case 'ETIMEDOUT':
      return {
        detail: `no connection to ${host} came about in time (${code})`,
        advice: 'A firewall drops it, most likely: let this machine out to port 443, or name the proxy in HTTPS_PROXY.',
      };
    default:
      return {
        detail: `the connection to ${host} broke (${code})`,
        advice: 'Something in between ends it: a firewall, or a proxy that HTTPS_PROXY has to name.',
      };
  }
}

function untrusted(code: string, host: string): { readonly detail: string; readonly advice: string } {
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return {
      detail: `the certificate of ${host} is outside of its time (${code})`,
      advice: "Look at this machine's clock first.",
    };
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return {
      detail: `the certificate of ${host} is for another name (${code})`,
      advice: 'Compare DATAVERSE_URL; a proxy in between may also answer in its place.',
    };
  }
  return {
    detail: `the certificate of ${host} is not from an authority that is trusted here (${code})`,
    advice:
      'Where a proxy opens TLS, or this is an emulator, NODE_EXTRA_CA_CERTS names the PEM file of its authority, before the process starts.',
  };
}
