import type { Row } from '../table-definition.js';
import type { Refusal } from '../write-result.js';
import { invalid } from '../writes/refusals.js';
import { isXmlCharacter } from './is-xml-character.js';
import type { TableRules } from './table-rules.js';

const WEBHOOK = 8;
const EVENT_HUB = 7;
const ACS = 1;
const SAS_KEY = 2;
const SAS_TOKEN = 3;
const WEBHOOK_KEY = 4;
const HTTP_HEADER = 5;
const HTTP_QUERY_STRING = 6;
const JSON_FORMAT = 2;
const XML_FORMAT = 3;
const SCHEMES: readonly string[] = ['http:', 'https:'];

/**
 * Service endpoints: which combinations of contract, authentication and address are allowed. Of secrets, only whether
 * they are set can be read.
 */
export const SERVICE_ENDPOINT_RULES: TableRules = {
  refuse: (_scope, row) => (row.contract === WEBHOOK ? refuseWebhook(row) : refuseServiceBus(row)),
  complete: (_scope, row) => ({
    ...row,
    isauthvalueset: row.authvalue !== null,
    issaskeyset: row.saskey !== null,
    issastokenset: row.sastoken !== null,
  }),
};

function refuseWebhook({ url, authtype, authvalue }: Row): Refusal | null {
  if (url === null) return invalid("Required field 'url' is missing for a webhook.");
  if (authtype !== WEBHOOK_KEY && authtype !== HTTP_HEADER && authtype !== HTTP_QUERY_STRING) {
    return invalid('A webhook authenticates by WebhookKey (4), HttpHeader (5) or HttpQueryString (6).');
  }
  const refusal = refuseAddress(`${url}`);
  if (refusal !== null || authtype === WEBHOOK_KEY || isSettings(`${authvalue ?? ''}`)) return refusal;
  return {
    status: 400,
    code: authtype === HTTP_HEADER ? '0x80050203' : '0x80050204',
    message: 'The authentication value has to be of the form <settings><setting name="..." value="..."/></settings>.',
  };
}

function refuseAddress(url: string): Refusal | null {
  const address = URL.canParse(url) ? new URL(url) : null;
  if (address === null || !SCHEMES.includes(address.protocol))
    return invalid('The URL of a webhook has to be absolute, http or https.');
  // A URL without a port, or with its scheme's default port, names none.
  return address.port === ''
    ? null
    : invalid(
        `Webhooks can use port 80 for http and port 443 for https only: this is ${address.protocol}${address.port}.`,
      );
}

/** Well-formed to the last character: what is not escaped is refused. */
function isSettings(authvalue: string): boolean {
  const text = '(?:[^"<&]|&(?:amp|lt|gt|quot|apos|#\\d+|#x[0-9a-fA-F]+);)';
  const setting = `<setting\\s+name="${text}+"\\s+value="${text}*"\\s*(?:/>|>\\s*</setting>)`;
  const references = [...authvalue.matchAll(/&#(?:x([0-9a-f]+)|(\d+));/gi)];
  if (!references.every(([, hex, decimal]) => isXmlCharacter(Number(hex === undefined ? decimal : `0x${hex}`)))) {
    return false;
  }
  return new RegExp(`^\\s*<settings>\\s*(?:${setting}\\s*)*</settings>\\s*$`).test(authvalue);
}

function refuseServiceBus(row: Row): Refusal | null {
  const { contract, authtype, messageformat, path, namespaceaddress, solutionnamespace } = row;
  if (authtype === ACS) {
    return {
      status: 400,
      code: '0x80050209',
      message:
        'Service Endpoint with ACS authentication type is no longer supported. Please change your endpoint configuration to use a supported authentication type',
    };
  }
  if (authtype !== SAS_KEY && authtype !== SAS_TOKEN)
    return invalid('Service Bus and Event Hub endpoints authenticate by SASKey (2) or SASToken (3).');
  if (path === null || (namespaceaddress ?? solutionnamespace) === null) {
    return invalid("Required field 'path', or the namespace, is missing for a service bus endpoint.");
  }
  if (contract === EVENT_HUB && messageformat !== JSON_FORMAT && messageformat !== XML_FORMAT) {
    return invalid('An Event Hub takes messages as JSON (2) or text XML (3) only.');
  }
  return refuseSasGap(row);
}

function refuseSasGap({ authtype, saskeyname, saskey, sastoken }: Row): Refusal | null {
  if (authtype === SAS_KEY && (saskeyname === null || saskey === null))
    return invalid("Required field 'saskeyname' or 'saskey' is missing.");
  return authtype === SAS_TOKEN && sastoken === null ? invalid("Required field 'sastoken' is missing.") : null;
}
