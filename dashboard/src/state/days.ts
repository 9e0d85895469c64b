/** A day of the calendar, as in `2026-03-09`. Days compare as texts do. */
export type Day = string;

const millisOfDay = 86_400_000;

const millis = (day: Day) => Date.parse(`${day}T00:00:00Z`);

const dayOf = (moment: number): Day => new Date(moment).toISOString().slice(0, 10);

/** Whether a text is a day that there is. */
export function isDay(text: string): boolean {
  return (
    /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(millis(text)) && dayOf(millis(text)) === text
  );
}

export const addDays = (day: Day, count: number): Day => dayOf(millis(day) + count * millisOfDay);

/** How many days lie between two, both included. */
export const daysIn = (first: Day, last: Day): number =>
  Math.round((millis(last) - millis(first)) / millisOfDay) + 1;

/** 1 for Monday to 7 for Sunday. */
export const weekday = (day: Day): number => new Date(millis(day)).getUTCDay() || 7;

export const mondayOf = (day: Day): Day => addDays(day, 1 - weekday(day));

export const firstOfMonth = (day: Day): Day => `${day.slice(0, 7)}-01`;

export const lastOfMonth = (day: Day): Day => addDays(addMonths(firstOfMonth(day), 1), -1);

/** The same day of another month, or its last if it has fewer days. */
export function addMonths(day: Day, count: number): Day {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + count;
  const year = String(Math.floor(months / 12)).padStart(4, '0');
  const month = String((months % 12) + 1).padStart(2, '0');
  const wanted = Number(day.slice(8));
  const days = new Date(Date.UTC(Number(year), (months % 12) + 1, 0)).getUTCDate();
  return `${year}-${month}-${String(Math.min(wanted, days)).padStart(2, '0')}`;
}

export const addYears = (day: Day, count: number): Day => addMonths(day, 12 * count);

/** What the clock on the wall says somewhere, as in `2026-03-09T14:05:00`. */
export function wallClock(zone: string, moment: Date): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(moment);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((one) => one.type === type)?.value ?? '00';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}`;
}

/** The day that it is somewhere. */
export const todayIn = (zone: string, now: Date): Day => wallClock(zone, now).slice(0, 10);

/** The moment at which a day begins somewhere. */
export function startOfDay(day: Day, zone: string): Date {
  let moment = millis(day);
  // The offset before midnight may be another than at midnight, so it is looked at twice.
  for (let look = 0; look < 2; look++) {
    moment += millis(day) - Date.parse(`${wallClock(zone, new Date(moment))}Z`);
  }
  return new Date(moment);
}
