/** The parts of a URI reference (RFC 3986, appendix B), of any text. */
const PARTS = /^(?:([A-Za-z][A-Za-z0-9+\-.]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
const AUTHORITY = /^(?:[^:@[\]]*(?::[^@[\]]*)?@)?(?:\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\]|[^:@[\]]*)(?::[0-9]*)?$/;

/** Characters that no URI may contain, and percent signs that begin no escape. */
const NOT_OF_URIS = /%(?![0-9A-Fa-f]{2})|[^\w\-.~:/?#[\]@!$&'()*+,;=%]/gu;

/** The text as a URI reference: unchanged where it is one, otherwise with escapes for forbidden characters. */
export function uriReference(text: string): string {
  const [, scheme, authority, path = '', query, fragment] = PARTS.exec(text.replace(NOT_OF_URIS, escaped)) ?? [];
  const isRelative = scheme === undefined && authority === undefined;
  return [
    scheme === undefined ? '' : `${scheme}:`,
    authority === undefined
      ? ''
      : `//${AUTHORITY.test(authority) ? authority : authority.replace(/[:@[\]]/g, escaped)}`,
    // A colon in the first segment would make the text before it a scheme.
    (isRelative ? path.replace(/^[^/]*/, (first) => first.replaceAll(':', '%3A')) : path).replace(/[[\]]/g, escaped),
    query === undefined ? '' : `?${query.replace(/[[\]]/g, escaped)}`,
    fragment === undefined ? '' : `#${fragment.replace(/[#[\]]/g, escaped)}`,
  ].join('');
}

function escaped(character: string): string {
  return encodeURIComponent(character);
}
