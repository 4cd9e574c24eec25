import './chart.css';
import { useEffect, useState } from 'react';
import { api, ApiError } from '../../api/client';
import type { Hours } from '../../api/types';
import { dayName } from '../../time/format';
import { useModel } from '../state/model';
import { texts } from '../texts';
import { PLOT, WIDTH } from './chartScale';

const HEIGHT = 96;
const FLOOR = 76;
const TOP = 6;
const FULL_PERMILLE = 1000;
// A longer silence is drawn as a gap, not as a line that nobody measured.
const GAP_HOURS = 48;
const HOUR_MS = 3600_000;

/** How a bin filled and was emptied over a year; asked for when somebody wants to see it. */
export function YearChart({ slotId }: { slotId: number }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="chart year" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>A year, by the hour</summary>
      {isOpen && <Loaded slotId={slotId} />}
    </details>
  );
}

function Loaded({ slotId }: { slotId: number }) {
  const [hours, setHours] = useState<Hours | null>(null);
  const [why, setWhy] = useState<string | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    api.hours(slotId, leaving.signal).then(setHours).catch((error: unknown) => {
      if (error instanceof ApiError) setWhy(error.message);
      else if (!leaving.signal.aborted) throw error;
    });
    return () => leaving.abort();
  }, [slotId]);
  if (why !== null) return <p className="empty" role="alert"><strong>{texts.failed}</strong>{why}</p>;
  if (hours === null) return <div className="year-waiting" role="status" />;
  if (hours.hours.length === 0) return <p className="muted">Nothing was measured in the last year.</p>;
  return <Picture hours={hours} />;
}

function Picture({ hours }: { hours: Hours }) {
  const zone = useModel((state) => state.clock.zone);
  const first = hours.hours[0] ?? 0;
  const last = hours.hours.at(-1) ?? first;
  const at = (hour: number) => hours.from_s * 1000 + hour * HOUR_MS;
  const x = (hour: number) => PLOT.left + ((hour - first) / Math.max(1, last - first)) * (PLOT.right - PLOT.left);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`Fill in ${hours.hours.length} hours`}>
      <g className="grid">
        {[0, FULL_PERMILLE].map((level) => (
          <g key={level}>
            <line className={level ? 'full' : ''} x1={PLOT.left} x2={PLOT.right} y1={y(level)} y2={y(level)} />
            <text x={PLOT.left - 5} y={y(level) + 3.5} textAnchor="end">{level / 10}</text>
          </g>
        ))}
        <text x={PLOT.left} y={HEIGHT - 4}>{dayName(at(first), zone)}</text>
        <text x={PLOT.right} y={HEIGHT - 4} textAnchor="end">{dayName(at(last), zone)}</text>
      </g>
      <path className="readings fine" d={yearPath(hours, x)} />
    </svg>
  );
}

const y = (permille: number) =>
  FLOOR - (FLOOR - TOP) * (Math.min(FULL_PERMILLE, Math.max(0, permille)) / FULL_PERMILLE);

function yearPath({ hours, fill_permille }: Hours, x: (hour: number) => number): string {
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
