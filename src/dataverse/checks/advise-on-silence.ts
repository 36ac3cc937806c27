import type { Answer } from '../answer.js';
import { classify } from '../classify.js';

const THROTTLED =
  'Its service protection limits are used up, by the gateway or by something else that sends as this user: try again in some minutes.';
const IN_TROUBLE =
  'Dataverse or something before it is in trouble, which mostly passes: the service health in the Microsoft 365 admin center says more. Try again in some minutes.';
const LATE =
  'It took the connection and did not answer: Dataverse is overloaded (service health, in the Microsoft 365 admin center), or a proxy or firewall in between holds answers back. Try again in some minutes.';
const BROKEN =
  'Something in between ends connections: a firewall, or a proxy that HTTPS_PROXY has to name. Where it happens once, try again.';

/** What to do where an answer does not tell what was asked; null for an answer that does. */
export function adviseOnSilence(answer: Answer): string | null {
  if (answer.kind === 'failure') {
    if (answer.stage === 'unverified') return 'NODE_EXTRA_CA_CERTS names the PEM file of an authority to trust.';
    return answer.code === 'ETIMEDOUT' ? LATE : BROKEN;
  }
  const { outcome, httpStatus } = classify(answer);
  if (outcome.kind === 'throttled') return THROTTLED;
  return httpStatus !== null && httpStatus >= 500 ? IN_TROUBLE : null;
}
