const FORM = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,12})?)?(?:Z|[+-](\d\d):(\d\d))$/;

/** Whether the text is an `Edm.DateTimeOffset`: a day that exists, a time below 24:00, and a zone. */
export function isDateTimeOffset(text: string): boolean {
  const match = FORM.exec(text);
  if (match === null) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, zoneHour = 0, zoneMinute = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const isDay = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
  const isTime = hour < 24 && minute < 60 && second < 60;
  return isDay && isTime && zoneMinute < 60 && zoneHour * 60 + zoneMinute <= 14 * 60;
}

function daysOf(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}
