import type { CommittedCall } from './committed-call.js';

/** Whether the caller asked that no asynchronous step be told of its event. Source: "Optional parameters". */
export function isBypassed({ header }: CommittedCall): boolean {
  const bypassed = header('mscrm.bypassbusinesslogicexecution');
  return bypassed?.split(',').some((logic) => logic.trim().toLowerCase() === 'customasync') ?? false;
}
