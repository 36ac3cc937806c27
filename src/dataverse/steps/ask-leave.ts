import type { Step } from '../pipeline.js';

/**
 * Asks whether the request may still go out. Last of all steps, so that no wait lies behind it but that for the
 * connection: a token can take half a minute, and the gate may have closed meanwhile.
 */
export const askLeave: Step = async (request, next) => (request.mayStillSend() ? next(request) : { kind: 'not-sent' });
