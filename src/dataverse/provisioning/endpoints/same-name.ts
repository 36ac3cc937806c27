/** Dataverse's own comparison of names makes no difference between upper and lower case. */
export function isSameName(name: string, other: string): boolean {
  return name.toLowerCase() === other.toLowerCase();
}
