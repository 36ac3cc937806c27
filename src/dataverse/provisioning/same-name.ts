/** Dataverse compares names without regard to upper and lower case. */
export function isSameName(name: unknown, other: string): boolean {
  return typeof name === 'string' && name.toLowerCase() === other.toLowerCase();
}
