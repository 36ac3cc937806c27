/** Names that an event file imports, and so cannot declare. */
const IMPORTED: ReadonlySet<string> = new Set([
  'BusinessEvent',
  'Text',
  'Amount',
  'Decimal',
  'Integer',
  'Float',
  'Flag',
  'Instant',
  'Guid',
  'Choice',
  'Option',
  'TextList',
  'Reference',
  'RecordOf',
  'RecordsOf',
  'Lines',
]);

/**
 * The name of a class in an event file. A class called `String` or `Date` would hide the one that the compiler's own
 * metadata refers to.
 */
export function classNameFor(name: string): string {
  return IMPORTED.has(name) || name in globalThis ? `${name}Event` : name;
}
