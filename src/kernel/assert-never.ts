/** Closes an exhaustive switch: a case that was forgotten does not compile, and one that slips through throws. */
export function assertNever(value: never): never {
  throw new Error(`unreachable case: ${JSON.stringify(value)}`);
}
