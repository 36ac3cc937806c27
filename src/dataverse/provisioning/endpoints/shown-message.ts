const MAX_TEXT = 300;

/** Behind an authentication scheme, the key is the text after it. */
const SCHEMES = 'basic|bearer|digest|negotiate|sharedaccesssignature|sharedkey|apikey';

const QUERY = /\?[^\s"')]*=[^\s"')]*/g;
/** Words of addresses that have another meaning without a value: `status code: 500`. */
const PARAMETER = /(?<![\w-])(sig|code|pwd|password)=[^\s"',;&)]+/gi;
const HEADER = new RegExp(
  `(?<![\\w-])([\\w-]*(?:authorization|key|token|secret|signature|password))("?\\s*[=:]\\s*"?)(?:(?:${SCHEMES})\\s+)?[^\\s"',;&)]+`,
  'gi',
);
const CREDENTIALS = new RegExp(`(?<![\\w-])(${SCHEMES})\\s+(?=[^\\s"',;)]*[\\d=+/_.-])[^\\s"',;)]+`, 'gi');

/**
 * Dataverse's words about a failure in a form that may be shown: they may quote the address that was called, with its
 * keys.
 */
export function shownMessage(text: string): string {
  return text
    .replace(QUERY, '?…')
    .replace(PARAMETER, '$1=…')
    .replace(HEADER, '$1$2…')
    .replace(CREDENTIALS, '$1 …')
    .slice(0, MAX_TEXT)
    .toWellFormed();
}
