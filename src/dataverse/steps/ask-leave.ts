import type { Step } from '../pipeline.js';

/**
 * Asks whether the request may still be sent. Last of all steps, so that only the wait for the connection comes after
 * it: a token can take half a minute, and the gate may have closed meanwhile.
 */
export const askLeave: Step = async (request, next) => (request.mayStillSend() ? next(request) : { kind: 'not-sent' });
