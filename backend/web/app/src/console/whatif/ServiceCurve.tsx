import { useState } from 'react';
import type { Answer } from '../../api/types';
import { count } from '../../ui/quantity';
import { Icon } from '../../ui/icons';
import { keepServiceLevel, useWhatIf } from './state';
import { aimName, isSameAim, share, words } from './words';

const WIDTH = 560;
const HEIGHT = 220;
const PLOT = { left: 46, right: 540, top: 18, bottom: 178 } as const;

const STEPS = [1, 2, 5, 10];

type Point = Answer['curve'][number];

/** Kilometres against service, a point for each service level; today's is marked. */
export function ServiceCurve({ answer }: { answer: Answer }) {
  const { curve, aim_today, aim_then } = answer;
  const [aim, setAim] = useState(aim_then);
  const chosen = curve.find((each) => isSameAim(each.aim, aim)) ?? curve[0];
  if (chosen === undefined) return null;
  const x = scale(spanService(curve.map((each) => each.figures.service_pct)), PLOT.left + 12, PLOT.right - 12);
  const y = scale(spanKm(curve.map((each) => each.figures.km)), PLOT.bottom - 10, PLOT.top + 14);
  const at = (each: Point) => ({ cx: x.place(each.figures.service_pct), cy: y.place(each.figures.km) });
  const line = frontier(curve).map(at).map(({ cx, cy }) => `${cx.toFixed(1)},${cy.toFixed(1)}`).join(' ');
  return (
    <figure className="curve">
      <figcaption><b>{words.curve}</b><span className="muted">{words.curveHint}</span></figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label={words.curve} data-part="curve">
        <path className="frame" d={`M${PLOT.left} ${PLOT.top}V${PLOT.bottom}H${PLOT.right}`} />
        <g className="ticks">
          {x.ticks.map((each) => (
            <g key={each}>
              <line x1={x.at(each)} x2={x.at(each)} y1={PLOT.top} y2={PLOT.bottom} />
              <text x={x.at(each)} y={PLOT.bottom + 14} textAnchor="middle">{each}</text>
            </g>
          ))}
          {y.ticks.map((each) => (
            <g key={each}>
              <line x1={PLOT.left} x2={PLOT.right} y1={y.at(each)} y2={y.at(each)} />
              <text x={PLOT.left - 6} y={y.at(each) + 3.5} textAnchor="end">{Number(each).toLocaleString('en-GB')}</text>
            </g>
          ))}
          <text className="axis" x={PLOT.right} y={HEIGHT - 8} textAnchor="end">found room, %</text>
          <text className="axis" x={PLOT.left - 38} y={PLOT.top - 7}>km a week</text>
        </g>
        <polyline className="line" points={line} />
        {curve.map((each) => {
          const isToday = isSameAim(each.aim, aim_today);
          const isChosen = each === chosen;
          const { cx, cy } = at(each);
          const name = `${aimName(each.aim)}: ${share(each.figures.service_pct)} found room, ${count(each.figures.km)} km${isToday ? ', as it is set today' : ''}`;
          return (
            <g key={aimName(each.aim)} className={isChosen ? 'point chosen' : 'point'} role="button" tabIndex={0} aria-label={name} aria-pressed={isChosen}
              onClick={() => setAim(each.aim)} onKeyDown={(event) => (event.key === 'Enter' || event.key === ' ') && setAim(each.aim)}>
              <circle className="reach" cx={cx} cy={cy} r="16" />
              <circle className="dot" cx={cx} cy={cy} r={isChosen ? 6 : 4} />
              {isToday && <circle className="today" cx={cx} cy={cy} r="10" />}
              {isToday && <TodayName spot={at(each)} others={curve.filter((other) => other !== each).map(at)} />}
            </g>
          );
        })}
      </svg>
      <Told point={chosen} isToday={isSameAim(chosen.aim, aim_today)} />
    </figure>
  );
}

/** Points that no other beats: who has fewer kilometres has less service. A short simulation has luck, which leaves some aside. */
function frontier(curve: readonly Point[]): Point[] {
  const byKm = curve.toSorted((a, b) => a.figures.km - b.figures.km || b.figures.service_pct - a.figures.service_pct);
  let best = -1;
  return byKm.filter(({ figures: { service_pct } }) => {
    const isBetter = service_pct > best;
    best = Math.max(best, service_pct);
    return isBetter;
  });
}

function Told({ point: { aim, figures }, isToday }: { point: Point; isToday: boolean }) {
  return (
    <div className="told" role="status">
      <p>
        {aim.service_level == null ? <b>{capital(aimName(aim))}</b> : <>Service level <b>{aimName(aim)}</b></>}: <b>{share(figures.service_pct)}</b> of
        what is thrown away finds room, a bin is full <b>{count(figures.overflow_h)} h</b> a year, for <b>{count(figures.km)} km</b> and
        {' '}<b>€{count(figures.cents / 100)}</b> a week.
      </p>
      {isToday && <p className="muted">So it was set when this was simulated.</p>}
      {!isToday && aim.service_level != null && <Keep key={aim.service_level} level={aim.service_level} />}
    </div>
  );
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** Let the plans to come keep to the level that is looked at. */
function Keep({ level }: { level: number }) {
  const { terms } = useWhatIf();
  const [why, setWhy] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  if (terms?.aim.service_level === level) return <p className="kept"><Icon name="check" size={14} />Plans made from now on keep to it.</p>;

  async function keep(): Promise<void> {
    setIsBusy(true);
    setWhy(await keepServiceLevel(level));
    setIsBusy(false);
  }

  return (
    <p className="kept">
      <button className="button" disabled={isBusy} onClick={() => void keep()}>Plan by this service level</button>
      {why !== null && <span className="trouble" role="alert">{why}</span>}
    </p>
  );
}

interface Spot {
  cx: number;
  cy: number;
}

/** Above its point, or below where another point is in the way. */
function TodayName({ spot: { cx, cy }, others }: { spot: Spot; others: readonly Spot[] }) {
  const isTaken = others.some((each) => Math.abs(each.cx - cx) < 26 && each.cy < cy && each.cy > cy - 32);
  return <text x={cx} y={isTaken ? cy + 24 : cy - 15} textAnchor="middle" className="today-name">today</text>;
}

interface Scale {
  place: (value: number) => number;
  ticks: string[];
  at: (tick: string) => number;
}

interface Span {
  low: number;
  high: number;
}

/** Wide enough that luck does not look like a cliff: kilometres by a tenth to each side, service by a tenth of a per cent. */
const spanKm = (km: readonly number[]): Span => widen(km, 0.2 * Math.max(...km), Infinity);
const spanService = (pct: readonly number[]): Span => widen(pct, 0.2, 100);

function widen(values: readonly number[], least: number, most: number): Span {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const missing = Math.max(0, least - (high - low));
  const top = Math.min(most, high + missing / 2);
  return { low: Math.min(low, top - least), high: top };
}

/** Lay values between two ends, with two to five round numbers among them. */
function scale({ low, high }: Span, from: number, to: number): Scale {
  const wide = high - low || 1;
  const place = (value: number) => from + ((value - low) / wide) * (to - from);
  const rough = wide / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (STEPS.find((each) => each * power >= rough) ?? 10);
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  const ticks: string[] = [];
  for (let each = Math.ceil(low / step); each * step <= high; each += 1) ticks.push((each * step).toFixed(digits));
  return { place, ticks, at: (tick) => place(Number(tick)) };
}
