import type { Hours } from '../../api/types';
import { DAY_MS, dayOfMonth, midnights, weekday } from '../../time/format';
import { plural } from '../../ui/quantity';
import { useModel } from '../state/model';
import { PLOT, WIDTH } from './chartScale';
import { HOUR_MS } from './yearDays';

const HEIGHT = 100;
const FLOOR = 80;
const TOP = 6;
const FULL_PERMILLE = 1000;
// Room above the line of full, so that what lies over it is seen to.
const TOP_PERMILLE = 1100;
// A longer silence is drawn as a gap, not as a line that nobody measured.
const GAP_HOURS = 48;
const MOST_DAYS_BY_WEEK = 35;
const LABEL_WIDTH = 34;

/** Some weeks, hour by hour. */
export function HoursLine({ hours }: { hours: Hours }) {
  const zone = useModel((state) => state.clock.zone);
  const first = hours.hours[0] ?? 0;
  const last = hours.hours.at(-1) ?? first;
  const at = (hour: number) => hours.from_s * 1000 + hour * HOUR_MS;
  const x = (hour: number) => PLOT.left + ((hour - first) / Math.max(1, last - first)) * (PLOT.right - PLOT.left);
  const xAt = (ms: number) => x((ms - hours.from_s * 1000) / HOUR_MS);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`Fill in ${plural(hours.hours.length, 'hour')}`}>
      <g className="grid">
        {mondays(at(first), at(last), zone).map((each) => (
          <g key={each}>
            <line x1={xAt(each)} x2={xAt(each)} y1={TOP} y2={FLOOR + 4} />
            {xAt(each) + LABEL_WIDTH < WIDTH && <text x={xAt(each)} y={HEIGHT - 6}>{dayOfMonth(each, zone)}</text>}
          </g>
        ))}
        {[0, FULL_PERMILLE].map((level) => (
          <g key={level}>
            <line className={level ? 'full' : ''} x1={PLOT.left} x2={PLOT.right} y1={y(level)} y2={y(level)} />
            <text x={PLOT.left - 5} y={y(level) + 3.5} textAnchor="end">{level === 0 ? 0 : '100 %'}</text>
          </g>
        ))}
      </g>
      <path className="readings fine" d={linePath(hours, x)} />
    </svg>
  );
}

const y = (permille: number) =>
  FLOOR - (FLOOR - TOP) * (Math.min(TOP_PERMILLE, Math.max(0, permille)) / TOP_PERMILLE);

/** The Mondays between two times, every second where there are many. */
function mondays(from: number, to: number, zone: string): number[] {
  const all = midnights(from, to, zone).filter((each) => weekday(each, zone) === 'Mon');
  return to - from <= MOST_DAYS_BY_WEEK * DAY_MS ? all : all.filter((_, index) => index % 2 === 0);
}

function linePath({ hours, fill_permille }: Hours, x: (hour: number) => number): string {
  let path = '';
  let before = -Infinity;
  hours.forEach((hour, index) => {
    const fill = fill_permille[index] ?? null;
    if (fill === null) return;
    path += `${hour - before > GAP_HOURS ? 'M' : 'L'}${x(hour).toFixed(1)},${y(fill).toFixed(1)}`;
    before = hour;
  });
  return path;
}
