const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const formats = new Map<string, Intl.DateTimeFormat>();
const days = new Map<string, Intl.DateTimeFormat>();

function format(at: number | string, zone: string, options: Intl.DateTimeFormatOptions): string {
  const key = zone + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
  formats.set(key, known);
  return known.format(new Date(at));
}

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** 14:05 */
export const clockTime = (at: number | string, zone: string) => format(at, zone, CLOCK);

/** Tue 24 Nov */
export const dayName = (at: number | string, zone: string) =>
  format(at, zone, { weekday: 'short', day: 'numeric', month: 'short' });

/** 24 Nov */
export const dayOfMonth = (at: number | string, zone: string) => format(at, zone, { day: 'numeric', month: 'short' });

/** Nov: the month of a calendar day */
export const monthName = (day: string) => format(`${day}T12:00:00Z`, 'UTC', { month: 'short' });

/** Tue */
export const weekday = (at: number | string, zone: string) => format(at, zone, { weekday: 'short' });

/** Tue 14:05 within the week, 24 Nov further away */
export function moment(at: number | string, zone: string, now: number): string {
  const ms = new Date(at).getTime();
  if (Math.abs(ms - now) > 6 * DAY_MS) return dayOfMonth(at, zone);
  const day = isSameDay(ms, now, zone) ? 'today' : weekday(at, zone);
  return `${day} ${clockTime(at, zone)}`;
}

export function isSameDay(first: number, second: number, zone: string): boolean {
  return dayName(first, zone) === dayName(second, zone);
}

/** A service day is a calendar day, not an instant: no zone may move it. */
export const serviceDay = (day: string) => dayName(`${day}T12:00:00Z`, 'UTC');

/** 2026-11-24: the calendar day that an instant falls on */
export function calendarDay(at: number | string, zone: string): string {
  const known = days.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone });
  days.set(zone, known);
  return known.format(new Date(at)).slice(0, 10);
}

/** 5 min, 3 h, 2 days */
export function span(ms: number): string {
  const passed = Math.max(0, ms);
  if (passed < HOUR_MS) return `${Math.round(passed / MINUTE_MS)} min`;
  if (passed < 2 * DAY_MS) return `${Math.round(passed / HOUR_MS)} h`;
  return `${Math.round(passed / DAY_MS)} days`;
}

export function ago(at: string, now: number): string {
  const passed = now - Date.parse(at);
  return passed < MINUTE_MS ? 'just now' : `${span(passed)} ago`;
}

/** 2 h 05 */
export function hours(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  const rest = String(minutes % 60).padStart(2, '0');
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${rest}`;
}

/** 30 min: how long an entry of a list takes */
export const minutesOf = ({ arrive_at, depart_at }: { arrive_at: string; depart_at: string }): string =>
  hours((Date.parse(depart_at) - Date.parse(arrive_at)) / 1000);

/** The first instants of the local days between two times. */
export function midnights(from: number, to: number, zone: string): number[] {
  const found: number[] = [];
  let before = dayName(from, zone);
  for (let at = Math.ceil(from / HOUR_MS) * HOUR_MS; at <= to; at += HOUR_MS) {
    const day = dayName(at, zone);
    if (day !== before) found.push(at);
    before = day;
  }
  return found;
}
