/** The message of an error; of a thrown value that is no `Error`, its text. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
