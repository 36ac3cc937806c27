/**
 * Cuts a list into runs, in its order, so that the sizes in a run add up to no more than a limit, with as few runs as
 * possible. An item that is larger than the limit makes a run of its own.
 */
export function splitBySize<T>(
  items: readonly T[],
  limit: number,
  sizeOf: (item: T) => number,
): readonly (readonly T[])[] {
  const runs: T[][] = [];
  let room = 0;
  for (const item of items) {
    const size = sizeOf(item);
    const run = runs.at(-1);
    if (run === undefined || size > room) {
      runs.push([item]);
      room = limit - size;
    } else {
      run.push(item);
      room -= size;
    }
  }
  return runs;
}
