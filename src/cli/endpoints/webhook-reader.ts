import { authSettingsOf, MAX_AUTH_VALUE } from '../../dataverse/provisioning/endpoints/auth-settings.js';
import { isWebhookUrl, WEBHOOK_URL_EXPECTATION } from '../../dataverse/provisioning/endpoints/webhook-url.js';
import type { WebhookAuthentication } from '../../dataverse/provisioning/endpoints/wished-endpoint.js';
import { judged, mapped } from '../../kernel/json-combinators.js';
import { type JsonReader, textAs } from '../../kernel/json-reader.js';
import { hookAuthReader } from '../../settings/hook-auth-way.js';
import type { SecretSources } from '../../settings/secret-reader.js';
import { webhookAuthentication } from './webhook-authentication.js';

export const WEBHOOK_URL = textAs((text) => (isWebhookUrl(text) ? text : undefined), WEBHOOK_URL_EXPECTATION);

/** Reads how Dataverse authenticates at a webhook; a value too long for Dataverse's column is refused. */
export function authenticationReader(sources: SecretSources): JsonReader<WebhookAuthentication> {
  return judged(mapped(hookAuthReader(sources), webhookAuthentication), (authentication) => {
    const { length } = authSettingsOf(authentication).authvalue.reveal();
    return length <= MAX_AUTH_VALUE
      ? null
      : `comes to ${length} characters as Dataverse keeps it, of at most ${MAX_AUTH_VALUE}`;
  });
}
