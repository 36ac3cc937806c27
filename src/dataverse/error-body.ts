const HEX = /^0x[0-9a-f]{1,8}$/i;
const DECIMAL = /^-?\d{1,10}$/;

/**
 * The `code` of Dataverse's error body `{"error":{"code":"0x...","message":"..."}}` in the form 0x8004a001, or null
 * where there is none. The message is not used: it echoes values of the payload. Codes come as hex or, from some
 * endpoints, as the decimal of the same 32 bits, signed.
 */
export function errorCodeIn(body: string): string | null {
  const code = errorIn(body)?.code;
  if (typeof code !== 'string' && typeof code !== 'number') return null;
  const text = String(code);
  const value = HEX.test(text) || DECIMAL.test(text) ? Number(text) : 0;
  if (value === 0 || value < -(2 ** 31) || value >= 2 ** 32) return null;
  return `0x${(value >>> 0).toString(16).padStart(8, '0')}`;
}

/**
 * Dataverse's own words about an error, on one line and at most 500 characters of them; null where there are none. They
 * may quote the payload: they are for people who provision, never for the timeline of an event. `secrets` are hidden in
 * them.
 */
export function errorMessageIn(body: string, secrets: readonly string[] = []): string | null {
  const message = errorIn(body)?.message;
  if (typeof message !== 'string') return null;
  // Before anything is cut off: half a secret would not be recognized.
  const hidden = secrets.reduce((shown, secret) => shown.replaceAll(secret, '[secret]'), message.trim());
  // The lines after the first are a stack trace.
  const [line = ''] = hidden.split(/\r?\n/, 1);
  const text = line.replace(/\p{C}/gu, ' ');
  return text === '' ? null : text.length > 500 ? `${text.slice(0, 500)}…` : text;
}

function errorIn(body: string): { readonly code?: unknown; readonly message?: unknown } | null {
  try {
    const { error } = (JSON.parse(body) ?? {}) as { error?: unknown };
    return typeof error === 'object' ? error : null;
  } catch {
    return null;
  }
}
