import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { Fault } from './fault.js';

/** The faults of a post to an endpoint; a receiver can cause all others itself. */
const POST_FAULTS: readonly Fault['kind'][] = ['delay', 'hang', 'drop', 'twice'];

/** Why a fault can never strike as ordered, or null. Over HTTP a schema checks the order first. */
export function faultyOrder(fault: Fault): string | null {
  return faultyPost(fault) ?? faultyAnswer(fault);
}

function faultyPost({ kind, match }: Fault): string | null {
  if (match?.target === 'post') {
    return POST_FAULTS.includes(kind)
      ? null
      : `a fault that meets posts is one of ${POST_FAULTS.join(', ')}, not ${kind}`;
  }
  return kind === 'drop' || kind === 'twice'
    ? `a fault of kind ${kind} meets posts to endpoints alone: its match needs the target post`
    : null;
}

function faultyAnswer(fault: Fault): string | null {
  if (fault.kind === 'status' && typeof fault.status !== 'number') return 'a fault of kind status needs a status';
  if (fault.kind === 'status' && !Object.entries(fault.headers ?? {}).every(isHeader)) {
    return 'a header cannot be sent over HTTP';
  }
  if (fault.kind === 'raw' && typeof fault.bytes !== 'string') return 'a fault of kind raw needs bytes';
  if (fault.kind === 'truncate' && fault.afterParts !== undefined && fault.match?.target === 'part') {
    return 'a fault that meets a part cuts the answer off before that part; afterParts is for one that meets a batch';
  }
  if (fault.kind === 'expired-token' && fault.match?.target === 'token') return 'the token endpoint takes no tokens';
  return null;
}

function isHeader([name, value]: [string, string]): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
