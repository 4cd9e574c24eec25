import type { Bin, Decision, Forecast } from '../api/types';
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
  planAgainHint: 'Today goes on from where the trucks are; once all shifts are over, tomorrow is planned',
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
  estimate: '≈ Times and distances are estimates without a street map.',
  noOnlineStyle: 'The online map could not be loaded: these are the offline streets',
  noOnlineStyleNorStreets: 'The online map could not be loaded',
  print: 'Print',
  savings: 'Savings, month by month',
  devices: 'Devices: versions and settings',
  showClosures: 'Show closed streets',
  nothingJudged: 'Nothing can be judged yet: a forecast must be a day old, and the bin looked at since.',
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
  if (bin.sensor_trust === 'not_trusted') return 'Foreseen: its sensor is not trusted';
  if (bin.fill_source === 'forecast') {
    return bin.device === null ? 'Foreseen: this bin has no sensor' : 'Foreseen: nothing new from its sensor yet';
  }
  return 'Nothing is known yet';
}

const DOUBTS: Record<string, string> = {
  false_echoes: 'it often sees something other than the fill, a rim or a wall',
  no_echo: 'many of its readings come back without an echo',
  stuck: 'it has said the same for days',
  drift: 'an emptied bin does not look empty to it: calibrate it again',
  clock_wrong: 'its clock is wrong',
  moved: 'it hangs differently from before',
  gaps: 'its reports have long gaps',
  few_readings: 'it is new and has said little so far',
};

/** Say in plain words why a sensor is in doubt; null where it is not. */
export function sensorDoubt({ sensor_trust, sensor_reasons }: Bin): string | null {
  if (sensor_trust !== 'doubtful' && sensor_trust !== 'not_trusted') return null;
  const title = sensor_trust === 'doubtful' ? 'Its sensor is in doubt' : 'Its sensor is not trusted';
  return `${title}: ${sensor_reasons.map((each) => DOUBTS[each] ?? each).join('; ')}.`;
}

export function fullAbout(fullAt: string | null, zone: string, now: number): string {
  if (fullAt === null) return 'not soon';
  return Date.parse(fullAt) <= now ? 'now' : `about ${moment(fullAt, zone, now)}`;
}

const OUTCOMES: Record<string, string> = {
  left: 'Left for another day',
  unserved: 'Wanted, but no run could take it',
  unreachable: 'No vehicle can reach it',
};

export const outcomeTitle = (outcome: string, planName: string) =>
  outcome === 'planned' ? `In ${planName}` : (OUTCOMES[outcome] ?? outcome);

const ON_THE_WAY = 'Taken all the same: it lies on the way and costs little.';
const WHYS: Record<string, { planned: string; left: string }> = {
  'full now': { planned: 'It is full now.', left: 'It is full now.' },
  'overflow likely': {
    planned: 'It is likely to overflow before the next chance to empty it.',
    left: 'It is likely to overflow, but taking it would cost more than it is worth.',
  },
  'may overflow: taken when it is on the way': {
    planned: 'It may overflow before the next chance, and it lies on the way.',
    left: 'It may overflow before the next chance, but it lies too far off the way.',
  },
  'can wait, but is cheaper today than on a later day': {
    planned: 'It could wait, but emptying it today costs less than a visit later.',
    left: 'It can wait. A visit today would have been cheap, but no run had it on its way.',
  },
  'better on one of the next days': {
    planned: `It could wait for one of the next days. ${ON_THE_WAY}`,
    left: 'It is better emptied on one of the next days, when its neighbours are due as well.',
  },
  'can wait': {
    planned: `It could wait. ${ON_THE_WAY}`,
    left: 'It can wait: it will hardly overflow before the next chance.',
  },
  'nearly empty': { planned: `It is nearly empty. ${ON_THE_WAY}`, left: 'It is nearly empty.' },
  'due by rule or contract, whatever the fill': {
    planned: 'It is due by rule or contract, however full it is.',
    left: 'It is due by rule or contract, but no run could take it.',
  },
  'not trusted: visit by schedule, due': {
    planned: 'Too little is known of it, so it is visited by schedule, and it is due.',
    left: 'It is due by schedule, but too far off the way.',
  },
  'not trusted: visit by schedule, not due': {
    planned: `Too little is known of it, and by schedule it is not due. ${ON_THE_WAY}`,
    left: 'Too little is known of it, so it is visited by schedule, and it is not due.',
  },
};

/** Say in a sentence why a bin is in the plan or is not. */
export function whySentence({ outcome, why }: Decision): string {
  const known = WHYS[why];
  if (known && (outcome === 'planned' || outcome === 'left')) return known[outcome];
  // Why a street will not do, and what would: each is a sentence of its own.
  return (outcome === 'unreachable' ? why.split('; ') : [why]).map(sentence).join(' ');
}

function sentence(words: string): string {
  const capital = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

const BASES: Record<string, string> = {
  learned: 'the readings of its sensor and what was learned from all bins',
  sensor: 'the readings of its sensor',
  observations: 'what drivers saw and when it was emptied',
  prior: 'bins of the same stream',
  untrusted: 'what is known without its sensor, which is not trusted',
};

export function forecastBasis({ basis, trust }: Forecast): string {
  return `Foreseen from ${BASES[basis] ?? basis}; trust ${Math.round(trust * 100)} %.`;
}
