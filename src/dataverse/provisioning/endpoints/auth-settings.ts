import { Secret } from '../../secret.js';
import type { SecretPair, WebhookAuthentication } from './wished-endpoint.js';

/** Dataverse's `authtype` of a webhook. */
const WebhookAuthType = { WebhookKey: 4, HttpHeader: 5, HttpQueryString: 6 } as const;

/** Characters of the column `authvalue`. */
export const MAX_AUTH_VALUE = 2048;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** `authtype` and `authvalue` of an authentication. That query pairs have the form of headers is [inferred]. */
export function authSettingsOf(authentication: WebhookAuthentication): { authtype: number; authvalue: Secret } {
  switch (authentication.kind) {
    case 'webhook-key':
      return { authtype: WebhookAuthType.WebhookKey, authvalue: authentication.key };
    case 'http-header':
      return { authtype: WebhookAuthType.HttpHeader, authvalue: settingsXml(authentication.headers) };
    case 'query-string':
      return { authtype: WebhookAuthType.HttpQueryString, authvalue: settingsXml(authentication.parameters) };
    case 'anonymous':
      return { authtype: WebhookAuthType.HttpHeader, authvalue: settingsXml([DUMMY]) };
  }
}

const DUMMY: SecretPair = { name: 'x-anonymous', value: new Secret('none') };

function settingsXml(pairs: readonly SecretPair[]): Secret {
  const values = pairs.map(({ value }) => value.reveal());
  const settings = pairs.map(
    ({ name, value }) => `<setting name="${escaped(name)}" value="${escaped(value.reveal())}"/>`,
  );
  return new Secret(`<settings>${settings.join('')}</settings>`, [...values, ...values.map(escaped)]);
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}
