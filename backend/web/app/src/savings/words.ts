import type { Ledger, Saving } from '../api/types';
import { serviceDay } from '../time/format';

const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const shortMonth = new Intl.DateTimeFormat('en-GB', { month: 'short', year: '2-digit', timeZone: 'UTC' });

const noon = (day: string) => new Date(`${day}T12:00:00Z`);

/** November 2026 */
export const monthName = (day: string) => month.format(noon(day));
/** Nov 26 */
export const shortMonthName = (day: string) => shortMonth.format(noon(day));

/** The first day of the month that a calendar day lies in. */
export const monthOf = (day: string) => `${day.slice(0, 7)}-01`;

function lastDay(day: string): string {
  const [year, number] = day.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

/** Whether the ledger has the whole month. */
export const isWhole = ({ month: first, from_day, to_day }: Saving) => from_day === first && to_day === lastDay(first);

/** Which days of a month were compared. */
export function spanWords(saving: Saving): string {
  if (isWhole(saving)) return 'the whole month';
  if (saving.from_day === saving.to_day) return `${serviceDay(saving.from_day)} only`;
  return `${serviceDay(saving.from_day)} to ${serviceDay(saving.to_day)}`;
}

export interface Nothing {
  title: string;
  what: string;
  canReckon: boolean;
}

/** Why the ledger is empty, and what to do about it. */
export function whyEmpty({ round_count, first_day, requests }: Ledger, today: string): Nothing {
  if (round_count === 0) {
    return {
      title: 'No fixed rounds to compare with',
      what: 'Savings are measured against the rounds you drove before. Bring them as a list of bins and days: ullage schedule import FILE',
      canReckon: false,
    };
  }
  if (first_day === null) {
    return { title: 'No run was driven yet', what: 'The ledger begins with the first day on which a planned run is driven.', canReckon: false };
  }
  const trouble = requests.find((each) => each.trouble !== null)?.trouble;
  if (first_day >= today) {
    return { title: 'The first day is not over yet', what: 'Tomorrow it can be compared with the same day on the fixed rounds.', canReckon: false };
  }
  return {
    title: `The first month is ${monthName(first_day)}`,
    what: trouble ?? 'It is reckoned by itself when it is over. The days that are over can be reckoned now.',
    canReckon: true,
  };
}
