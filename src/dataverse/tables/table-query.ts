/** What to read of a table; texts are OData as Dataverse documents it, not yet percent-encoded. */
export interface TableQuery {
  readonly select: readonly string[];
  readonly filter?: string;
  /** Navigation properties with their own options: `CustomAPIRequestParameters($select=uniquename,type)`. */
  readonly expand?: readonly string[];
  /** `name` or `createdon desc`. */
  readonly orderBy?: string;
  /** At most this many rows; then no further page is read. */
  readonly top?: number;
}

/** The query's part of an address, with its question mark. */
export function queryText({ select, filter, expand, orderBy, top }: TableQuery): string {
  const options: readonly (readonly [string, string | undefined])[] = [
    ['$select', select.join(',')],
    ['$filter', filter],
    ['$expand', expand?.join(',')],
    ['$orderby', orderBy],
    ['$top', top?.toString()],
  ];
  const given = options.flatMap(([name, text]) => (text ? [`${name}=${encodeURIComponent(text)}`] : []));
  return given.length === 0 ? '' : `?${given.join('&')}`;
}

/** A text as a literal of a filter: in quotes, with inner quotes doubled. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
