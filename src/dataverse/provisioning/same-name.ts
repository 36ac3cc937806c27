/** Dataverse's own comparison of names makes no difference between upper and lower case. */
export function isSameName(name: unknown, other: string): boolean {
  return typeof name === 'string' && name.toLowerCase() === other.toLowerCase();
}
