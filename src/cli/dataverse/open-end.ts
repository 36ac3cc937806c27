import type { DataverseUnreachableError } from '../../dataverse/tables/dataverse-unreachable.error.js';

/** What a missing answer leaves open, as a text behind its message; empty where nothing is open. */
export function openEnd({ mayHaveRun, request }: DataverseUnreachableError): string {
  const isOpen = mayHaveRun && !request.startsWith('GET');
  return isOpen ? ' It may have been done all the same: a second run finds out.' : '';
}
