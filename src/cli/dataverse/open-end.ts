import type { DataverseUnreachableError } from '../../dataverse/tables/dataverse-unreachable.error.js';

/** What an answer that never came leaves open, to be read behind its message; empty where it leaves nothing open. */
export function openEnd({ mayHaveRun, request }: DataverseUnreachableError): string {
  const isOpen = mayHaveRun && !request.startsWith('GET');
  return isOpen ? ' It may have been done all the same: a second run finds out.' : '';
}
