/**
 * The formats of the contract as an outsider reads them: from the standards and `docs/limits.md`, by other means than
 * the gateway's. Null where two careful readers may differ, which is only so for e-mail addresses.
 */
export type FormatVerdict = boolean | null;

export function isDateTime(text: string): boolean {
  const match = /^(.{10})T(\d\d):(\d\d):(\d\d)(\.\d{1,9})?(Z|[+-](\d\d):(\d\d))$/.exec(text);
  if (match === null || !isDate(match[1] ?? '')) return false;
  const [hour, minute, second, zoneHour, zoneMinute] = [2, 3, 4, 7, 8].map((group) => Number(match[group] ?? 0));
  const zone = (zoneHour ?? 0) * 60 + (zoneMinute ?? 0);
  return (hour ?? 0) < 24 && (minute ?? 0) < 60 && (second ?? 0) < 60 && (zoneMinute ?? 0) < 60 && zone <= 840;
}

/** By the calendar of the runtime: a day that does not exist comes back as another. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith('0000')) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const SURELY_AN_ADDRESS = /^[a-z0-9]+(?:[._-][a-z0-9]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,6}$/;
const SURELY_NONE = /^[^@]*$|^@|@$|[\s\p{C}]/u;

export function isEmailAddress(text: string): FormatVerdict {
  if (text.length <= 60 && SURELY_AN_ADDRESS.test(text)) return true;
  return SURELY_NONE.test(text) ? false : null;
}
