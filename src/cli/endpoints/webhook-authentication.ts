import type { SecretPair, WebhookAuthentication } from '../../dataverse/provisioning/endpoints/wished-endpoint.js';
import { Secret } from '../../dataverse/secret.js';
import type { HookAuth, HookSecret } from '../../kernel/hook-auth.js';

/** A way in which the gateway lets Dataverse in, as Dataverse is told it. */
export function webhookAuthentication(way: HookAuth): WebhookAuthentication {
  switch (way.kind) {
    case 'http-header':
      return { kind: way.kind, headers: way.headers.map(pairOf) };
    case 'webhook-key':
      return { kind: way.kind, key: new Secret(way.key) };
    case 'query-string':
      return { kind: way.kind, parameters: way.parameters.map(pairOf) };
    case 'anonymous':
      return way;
  }
}

function pairOf({ name, value }: HookSecret): SecretPair {
  return { name, value: new Secret(value) };
}
