const MAX_TEXT = 300;

/** With an authentication scheme before it, a key is what follows that. */
const SCHEMES = 'basic|bearer|digest|negotiate|sharedaccesssignature|sharedkey|apikey';

const QUERY = /\?[^\s"')]*=[^\s"')]*/g;
/** Words of addresses, which mean something else where no value is set to them: `status code: 500`. */
const PARAMETER = /(?<![\w-])(sig|code|pwd|password)=[^\s"',;&)]+/gi;
const HEADER = new RegExp(
  `(?<![\\w-])([\\w-]*(?:authorization|key|token|secret|signature|password))("?\\s*[=:]\\s*"?)(?:(?:${SCHEMES})\\s+)?[^\\s"',;&)]+`,
  'gi',
);
const CREDENTIALS = new RegExp(`(?<![\\w-])(${SCHEMES})\\s+(?=[^\\s"',;)]*[\\d=+/_.-])[^\\s"',;)]+`, 'gi');

/** Dataverse's words on a failure as they may be shown: they may quote the address that was called, and keys with it. */
export function shownMessage(text: string): string {
  return text
    .replace(QUERY, '?…')
    .replace(PARAMETER, '$1=…')
    .replace(HEADER, '$1$2…')
    .replace(CREDENTIALS, '$1 …')
    .slice(0, MAX_TEXT)
    .toWellFormed();
}
