const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:Z|[+-](\d{2}):(\d{2}))$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The pattern of an instant in OpenAPI; only `isInstant` knows which days exist. */
export const INSTANT_PATTERN = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})$';

/**
 * Whether the text is an RFC 3339 instant that exists: with a zone, on a day of the calendar, no 24:00 and no leap
 * second (.NET, and so Dataverse, has none).
 */
export function isInstant(text: string): boolean {
  const match = INSTANT.exec(text);
  if (match === null) return false;
  const [, date = '', hour, minute, second, zoneHour = '0', zoneMinute = '0'] = match;
  return (
    isCalendarDate(date) &&
    Number(hour) <= 23 &&
    Number(minute) <= 59 &&
    Number(second) <= 59 &&
    Number(zoneHour) * 60 + Number(zoneMinute) <= MAX_ZONE_MINUTES &&
    Number(zoneMinute) <= 59
  );
}

/** .NET's DateTimeOffset ends at fourteen hours; no zone on earth is further out. */
const MAX_ZONE_MINUTES = 14 * 60;

/** Whether the text is a day of the Gregorian calendar in ISO 8601 form, `YYYY-MM-DD`, from the year 1 on. */
export function isCalendarDate(text: string): boolean {
  const match = DATE.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
