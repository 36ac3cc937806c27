import type { DataverseUnreachableError } from '../../dataverse/tables/dataverse-unreachable.error.js';
import { NoTokenError } from '../../dataverse/tables/no-token.error.js';
import { openEnd } from './open-end.js';

/** Why a request got no verdict, what that leaves open, and where to look next, unless that was said already. */
export function unreachableInWords(error: DataverseUnreachableError): string {
  const isExplained = error instanceof NoTokenError && error.isExplained;
  const advice = isExplained ? '' : ' `dataverse check` tells what stands in the way.';
  return `${error.message.replace(/\.$/, '')}.${openEnd(error)}${advice}`;
}
