/**
 * The one text form of an event's content: members sorted by name, absent and null members left out (they mean the
 * same), no white space. It is stored, fingerprinted and encoded for Dataverse; two bodies that say the same in another
 * order are the same event. Numbers are only ever integers or floats here: exact numbers are strings.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== null && member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
