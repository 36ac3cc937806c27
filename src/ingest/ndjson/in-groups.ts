/** Puts items into groups of at most `size()`; each group is asked for when the one before is finished. */
export function* inGroups<T>(items: Iterable<T>, size: () => number): Generator<readonly T[]> {
  let group: T[] = [];
  for (const item of items) {
    group.push(item);
    if (group.length < size()) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
