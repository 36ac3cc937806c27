/** Characters of the column `url`. */
const MAX_URL = 2000;

/** The requirements on a webhook's address; completes "the address ...". */
export const WEBHOOK_URL_EXPECTATION =
  'must be an http address on port 80 or an https address on port 443 (Dataverse calls no other), of at most ' +
  `${MAX_URL} characters, without credentials, query and fragment: what authenticates belongs into authentication`;

/** Whether Dataverse can call it, and plans can show it. */
export function isWebhookUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || text.length > MAX_URL || /[\s?#\\]/.test(text)) return false;
  // URL drops the protocol's default port: any port that is left is another one.
  return ['http:', 'https:'].includes(url.protocol) && url.port === '' && url.username === '' && url.password === '';
}
