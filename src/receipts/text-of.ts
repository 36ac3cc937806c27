const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** The bytes of a context as text, without a byte order mark; null where they are no UTF-8. Pure. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    return UTF8.decode(bytes);
  } catch {
    return null;
  }
}
