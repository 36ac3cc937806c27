/** Limits a map to a number of entries: the entry that was set first goes. Called after each `set`. */
export function forgetOldest(entries: Map<string, unknown>, most: number): void {
  if (entries.size <= most) return;
  const [oldest] = entries.keys();
  if (oldest !== undefined) entries.delete(oldest);
}
