const HEX = /^0x[0-9a-f]{1,8}$/i;
const DECIMAL = /^-?\d{1,10}$/;

/**
 * The `code` of Dataverse's error body `{"error":{"code":"0x...","message":"..."}}` in the form 0x8004a001, or null
 * where there is none. The message is left where it is: it echoes values of the payload. Codes come as hex or, from
 * some endpoints, as the decimal of the same 32 bits, signed.
 */
export function errorCodeIn(body: string): string | null {
  const code = codeMember(body);
  if (typeof code !== 'string' && typeof code !== 'number') return null;
  const text = String(code);
  const value = HEX.test(text) || DECIMAL.test(text) ? Number(text) : 0;
  if (value === 0 || value < -(2 ** 31) || value >= 2 ** 32) return null;
  return `0x${(value >>> 0).toString(16).padStart(8, '0')}`;
}

function codeMember(body: string): unknown {
  try {
    return (JSON.parse(body) as { error?: { code?: unknown } } | null)?.error?.code;
  } catch {
    return null;
  }
}
