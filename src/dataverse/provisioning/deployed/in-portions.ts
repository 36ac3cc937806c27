/** How many names go into a request: an address has room for 32 KiB. */
const AT_ONCE = 50;

/** Reads rows by their names, some at a time. */
export async function inPortions<Row>(
  names: readonly string[],
  read: (some: readonly string[]) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const found: Row[] = [];
  for (let from = 0; from < names.length; from += AT_ONCE)
    found.push(...(await read(names.slice(from, from + AT_ONCE))));
  return found;
}
