import type { CommittedCall } from './committed-call.js';

/** Whether the caller asked for its event to be told to no asynchronous step. Source: "Optional parameters". */
export function isBypassed({ header }: CommittedCall): boolean {
  const bypassed = header('mscrm.bypassbusinesslogicexecution');
  return bypassed?.split(',').some((logic) => logic.trim().toLowerCase() === 'customasync') ?? false;
}
