/**
 * The one text form of an event's content: members sorted by name, absent and null members left out (they mean the
 * same), no white space. It is stored, fingerprinted and encoded for Dataverse; two bodies with the same members in
 * another order are the same event. Numbers are only ever integers or floats here: exact numbers are strings.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const object = value as Readonly<Record<string, unknown>>;
  let members = '';
  // A plain loop, because this runs once per event: a chain of filter, sort and map took twice as long.
  for (const name of Object.keys(object).sort()) {
    const member = object[name];
    if (member === null || member === undefined) continue;
    if (members !== '') members += ',';
    members += `${JSON.stringify(name)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}
