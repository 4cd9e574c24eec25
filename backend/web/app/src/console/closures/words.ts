import type { ShutStreet } from '../../api/types';
import { calendarDay, clockTime, DAY_MS, dayName, isSameDay, midnights, moment } from '../../time/format';
import { plural } from '../../ui/quantity';
import { isToCome } from './state';

/** Every sentence about closures. */
export const words = {
  close: 'Close a street',
  point: 'Which street?',
  pointHint: matchMedia('(hover: none)').matches ? 'Tap the street.' : 'Click the street.',
  pointKeys: 'By keyboard: arrow keys move the map, Enter takes the street under the cross.',
  looking: 'Reading the street map…',
  title: 'Closed streets',
  none: 'No street is closed.',
  planAgain: 'Plan again for it to count.',
  noMap: 'Not on today’s street map',
} as const;

export const nameOf = ({ street }: { street: string | null }): string => street ?? 'A street without a name';

type Limits = Partial<Pick<ShutStreet, 'weight_t' | 'axle_t' | 'height_m' | 'width_m' | 'length_m'>>;
const LIMITS = [
  ['weight_t', 't', ''], ['height_m', 'm', ' high'], ['width_m', 'm', ' wide'], ['length_m', 'm', ' long'],
  ['axle_t', 't', ' on an axle'],
] as const;

/** The first limit, as a sign shows it; null: closed. */
export function firstLimit(closure: Limits): { size: number; unit: string } | null {
  for (const [name, unit] of LIMITS) {
    const size = closure[name];
    if (size != null) return { size, unit };
  }
  return null;
}

/** Closed to all vehicles; or: Open only up to 7.5 t, 3.2 m high */
export function whatHolds(closure: Limits): string {
  const limits = LIMITS.flatMap(([name, unit, how]) => (closure[name] == null ? [] : [`${closure[name]} ${unit}${how}`]));
  return limits.length === 0 ? 'Closed to all vehicles' : `Open only up to ${limits.join(', ')}`;
}

export function whenItHolds(closure: ShutStreet, zone: string, now: number): string {
  const until = untilWhen(closure.to_at ?? null, zone, now);
  return isToCome(closure, now) && closure.from_at ? `from ${moment(closure.from_at, zone, now)} ${until}` : until;
}

function untilWhen(to: string | null, zone: string, now: number): string {
  if (to === null) return 'until further notice';
  if (clockTime(to, zone) !== '00:00') return `until ${moment(to, zone, now)}`;
  const last = Date.parse(to) - 1;
  return `to the end of ${isSameDay(last, now, zone) ? 'today' : dayName(last, zone)}`;
}

/** The first instant after a calendar day, on the clocks of a zone. */
export function endOfDay(day: string, zone: string): string | null {
  const noon = Date.parse(`${day}T12:00:00Z`);
  if (Number.isNaN(noon)) return null;
  const after = midnights(noon - DAY_MS, noon + 2 * DAY_MS, zone).find((at) => calendarDay(at, zone) > day);
  return after === undefined ? null : new Date(after).toISOString();
}

/** 2 streets closed; where none is yet: 1 closure to come */
export function countInWords(known: readonly ShutStreet[], now: number): string {
  const inForce = known.filter((each) => !isToCome(each, now));
  if (inForce.length === 0) return `${plural(known.length, 'closure')} to come`;
  const limited = inForce.filter((each) => firstLimit(each) !== null).length;
  const how = { 0: 'closed', [inForce.length]: 'limited' }[limited] ?? 'closed or limited';
  return `${plural(inForce.length, 'street')} ${how}`;
}
