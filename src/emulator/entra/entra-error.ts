import { randomUUID } from 'node:crypto';
import type { EpochMs } from '../../kernel/clock.js';

/** Why Entra refuses, with the number its operators search for. */
export interface EntraRefusal {
  readonly status: 400 | 401;
  readonly error: string;
  readonly code: number;
  readonly message: string;
}

const refusal = (status: 400 | 401, error: string, code: number) => (message: string) => ({
  status,
  error,
  code,
  message,
});

/** Refusals by their cause; the numbers are those of the AADSTS reference. */
export const ENTRA_REFUSALS = {
  unknownTenant: refusal(400, 'invalid_request', 90002),
  missingParameter: refusal(400, 'invalid_request', 900144),
  unsupportedGrant: refusal(400, 'unsupported_grant_type', 70003),
  unknownApplication: refusal(400, 'unauthorized_client', 700016),
  invalidSecret: refusal(401, 'invalid_client', 7000215),
  missingCredential: refusal(401, 'invalid_client', 7000218),
  malformedAssertion: refusal(401, 'invalid_client', 50027),
  assertionOfAnother: refusal(401, 'invalid_client', 700021),
  assertionAudience: refusal(401, 'invalid_client', 700023),
  assertionTime: refusal(401, 'invalid_client', 700024),
  assertionSignature: refusal(401, 'invalid_client', 700027),
  noFederatedCredential: refusal(401, 'invalid_client', 700213),
  malformedScope: refusal(400, 'invalid_scope', 70011),
  scopeWithoutDefault: refusal(400, 'invalid_scope', 1002012),
  unknownResource: refusal(400, 'invalid_resource', 500011),
} as const satisfies Record<string, (message: string) => EntraRefusal>;

/** The error document of the token endpoint. */
export function entraErrorBody(given: EntraRefusal, now: EpochMs): Record<string, unknown> {
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const [traceId, correlationId] = [randomUUID(), randomUUID()];
  const trail = `Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`;
  return {
    error: given.error,
    error_description: `AADSTS${given.code}: ${given.message} ${trail}`,
    error_codes: [given.code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${given.code}`,
  };
}
