import { useMemo, useState, type PointerEvent } from 'react';
import type { Hours } from '../../api/types';
import { fillVariable, NEARLY_FULL } from '../../fill/fill';
import { DAY_MS, monthName, serviceDay } from '../../time/format';
import { percent, plural } from '../../ui/quantity';
import { useModel } from '../state/model';
import { WIDTH } from './chartScale';
import { highestByDay } from './yearDays';

const LEFT = 28;
const TOP = 14;
const DAYS = 7;
const GAP = 1;
const LARGEST = 10;
const LEAST_MONTH_WIDTH = 22;
const FULL = 1;
const SHOWN_DAYS = [[0, 'Mon'], [2, 'Wed'], [4, 'Fri']] as const;

interface Cell {
  day: string;
  week: number;
  weekday: number;
  fill: number | null;
}

/** A year as a calendar, a column a week: how full the bin was at most on each day. */
export function YearCalendar({ hours }: { hours: Hours }) {
  const zone = useModel((state) => state.clock.zone);
  const cells = useMemo(() => layOut(highestByDay(hours, zone)), [hours, zone]);
  const [pointed, setPointed] = useState<Cell | null>(null);
  const weeks = (cells.at(-1)?.week ?? 0) + 1;
  const step = Math.min(LARGEST, (WIDTH - LEFT) / weeks);
  const known = cells.filter((each) => each.fill !== null);
  const full = known.filter(({ fill }) => fill !== null && fill >= FULL).length;
  const told = `Full on ${full} of ${plural(known.length, 'day')}`;

  function point(event: PointerEvent<SVGSVGElement>): void {
    const box = event.currentTarget.getBoundingClientRect();
    const perPixel = WIDTH / box.width;
    const week = Math.floor(((event.clientX - box.left) * perPixel - LEFT) / step);
    const weekday = Math.floor(((event.clientY - box.top) * perPixel - TOP) / step);
    setPointed(cells.find((each) => each.week === week && each.weekday === weekday) ?? null);
  }

  return (
    <figure className="chart calendar">
      <figcaption><b>{told}</b><span className="muted">{pointed !== null && sayDay(pointed)}</span></figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${TOP + DAYS * step}`} role="img" aria-label={`${told}; the highest fill of each day`}
        onPointerMove={point} onPointerDown={point} onPointerLeave={() => setPointed(null)}>
        {SHOWN_DAYS.map(([row, name]) => <text key={name} x={LEFT - 5} y={TOP + (row + 0.5) * step + 3} textAnchor="end">{name}</text>)}
        {months(cells, step).map(({ day, week }) => <text key={day} x={LEFT + week * step} y={TOP - 5}>{monthName(day)}</text>)}
        {cells.map((each) => (
          <rect key={each.day} className={each === pointed ? 'pointed' : each.fill === null ? 'silent' : ''} x={LEFT + each.week * step} y={TOP + each.weekday * step}
            width={step - GAP} height={step - GAP} rx="1" fill={each.fill === null ? undefined : fillVariable(each.fill)} />
        ))}
      </svg>
      <ul className="chart-key">
        <li>highest fill of a day, from</li>
        {[0, 0.25, 0.5, NEARLY_FULL, FULL].map((fill) => <li key={fill}><i className="key-day" style={{ background: fillVariable(fill) }} />{percent(fill)}</li>)}
        <li><i className="key-day silent" />not measured</li>
      </ul>
    </figure>
  );
}

const sayDay = ({ day, fill }: Cell): string => `${serviceDay(day)}: ${fill === null ? 'not measured' : `up to ${percent(fill)}`}`;

/** All days from the Monday before the first on, a week a column. */
function layOut(days: ReadonlyMap<string, number>): Cell[] {
  const named = [...days.keys()].sort();
  const noon = (day: string) => Date.parse(`${day}T12:00:00Z`);
  const [first, last] = [noon(named[0] ?? ''), noon(named.at(-1) ?? '')];
  const before = (new Date(first).getUTCDay() + DAYS - 1) % DAYS;
  return Array.from({ length: Math.round((last - first) / DAY_MS) + 1 }, (_, index) => {
    const day = new Date(first + index * DAY_MS).toISOString().slice(0, 10);
    const place = index + before;
    return { day, week: Math.floor(place / DAYS), weekday: place % DAYS, fill: days.get(day) ?? null };
  });
}

/** The first days of months, where there is room for their names. */
function months(cells: readonly Cell[], step: number): Cell[] {
  const lastWeek = cells.at(-1)?.week ?? 0;
  return cells.filter(({ day, week }) => day.endsWith('-01') && (lastWeek + 1 - week) * step >= LEAST_MONTH_WIDTH);
}
