import type { Bin, Forecast } from '../api/schema';
import { ago, moment } from '../time/format';

/** Every sentence of the console, in one place. */
export const texts = {
  loading: 'Loading bins and runs…',
  failed: 'Nothing could be loaded',
  retry: 'Try again',
  live: 'Live',
  lost: 'No connection. Showing what was last known; it catches up by itself.',
  lostShort: 'Offline',
  planAgain: 'Plan again',
  planFailed: 'Planning failed',
  noPlan: 'No plan yet',
  noPlanHint: 'Ask for the first one with “Plan again”.',
  noRuns: 'No bin is worth a run today.',
  noBins: 'No bin matches. Clear a filter to see more.',
  noStreets: 'No street map was given for this city',
  pickBin: 'Choose a bin on the map or in the list.',
  searchBins: 'Code or address',
  allStreams: 'All streams',
  attribution: '© OpenStreetMap contributors',
  demoBin: 'demo bin (made up)',
  straightLines: 'Times are by straight line, not by street',
  notAsked: 'No plan has looked at this bin yet.',
  forecastMissing: 'Nothing is foreseen for this bin yet.',
} as const;

/** Say where the fill comes from, and how old it is. */
export function fillOrigin(bin: Bin, now: number): string {
  if (bin.fill_source === 'emptying' && bin.emptied_at) return `Emptied ${ago(bin.emptied_at, now)}`;
  if (bin.fill_source === 'sensor' && bin.measured_at) return `Measured ${ago(bin.measured_at, now)}`;
  if (bin.is_silent) {
    const last = bin.measured_at ? `heard last ${ago(bin.measured_at, now)}` : 'never heard';
    return `Foreseen: its sensor is silent, ${last}`;
  }
  if (bin.fill_source === 'forecast') return 'Foreseen: this bin has no sensor';
  return 'Nothing is known yet';
}

export function fullAbout(fullAt: string | null, zone: string, now: number): string {
  if (fullAt === null) return 'not soon';
  return Date.parse(fullAt) <= now ? 'now' : `about ${moment(fullAt, zone, now)}`;
}

const OUTCOMES: Record<string, string> = {
  planned: 'In today’s plan',
  left: 'Left for another day',
  unserved: 'Wanted, but no run could take it',
  unreachable: 'No street leads there',
};

export const outcomeTitle = (outcome: string) => OUTCOMES[outcome] ?? outcome;

export function forecastBasis(forecast: Forecast): string {
  return `Foreseen from ${forecast.basis}, trust ${Math.round(forecast.trust * 100)} %`;
}
