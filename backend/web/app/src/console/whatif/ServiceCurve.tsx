import { useState } from 'react';
import type { Answer } from '../../api/types';
import { count } from '../../ui/quantity';
import { Icon } from '../../ui/icons';
import { keepServiceLevel, useWhatIf } from './state';
import { aimName, isSameAim, share, words } from './words';

const WIDTH = 560;
const HEIGHT = 220;
const PLOT = { left: 46, right: 540, top: 18, bottom: 178 } as const;

type Point = Answer['curve'][number];

/** Kilometres against service, a point for each service level; today's is marked. */
export function ServiceCurve({ answer }: { answer: Answer }) {
  const { curve, aim_today, aim_then } = answer;
  const [aim, setAim] = useState(aim_then);
  const chosen = curve.find((each) => isSameAim(each.aim, aim)) ?? curve[0];
  if (chosen === undefined) return null;
  const x = scale(curve.map((each) => each.figures.service_pct), PLOT.left + 12, PLOT.right - 12);
  const y = scale(curve.map((each) => each.figures.km), PLOT.bottom - 10, PLOT.top + 14);
  const at = (each: Point) => ({ cx: x.place(each.figures.service_pct), cy: y.place(each.figures.km) });
  // In the order of what is asked, also where luck makes it turn back.
  const line = curve.map(at).map(({ cx, cy }) => `${cx.toFixed(1)},${cy.toFixed(1)}`).join(' ');
  return (
    <figure className="curve">
      <figcaption><b>{words.curve}</b><span className="muted">{words.curveHint}</span></figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label={words.curve} data-part="curve">
        <path className="frame" d={`M${PLOT.left} ${PLOT.top}V${PLOT.bottom}H${PLOT.right}`} />
        <g className="ticks">
          {x.ticks.map((each) => (
            <g key={each}>
              <line x1={x.place(each)} x2={x.place(each)} y1={PLOT.top} y2={PLOT.bottom} />
              <text x={x.place(each)} y={PLOT.bottom + 14} textAnchor="middle">{Number(each.toFixed(2))}</text>
            </g>
          ))}
          {y.ticks.map((each) => (
            <g key={each}>
              <line x1={PLOT.left} x2={PLOT.right} y1={y.place(each)} y2={y.place(each)} />
              <text x={PLOT.left - 6} y={y.place(each) + 3.5} textAnchor="end">{count(each)}</text>
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
              {isToday && <TodayName cx={cx} cy={cy} />}
            </g>
          );
        })}
      </svg>
      <Told point={chosen} isToday={isSameAim(chosen.aim, aim_today)} />
    </figure>
  );
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

/** Where the curve, which rises to the right, leaves room. */
function TodayName({ cx, cy }: { cx: number; cy: number }) {
  const isLeft = cx < PLOT.left + 110;
  return isLeft
    ? <text x={cx + 13} y={cy + 14} className="today-name">today</text>
    : <text x={cx - 12} y={cy - 9} textAnchor="end" className="today-name">today</text>;
}

interface Scale {
  place: (value: number) => number;
  ticks: number[];
}

/** Lay values between two ends, with three or four round numbers among them. */
function scale(values: readonly number[], from: number, to: number): Scale {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const wide = high - low || 1;
  const place = (value: number) => from + ((value - low) / wide) * (to - from);
  const rough = wide / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10);
  const ticks: number[] = [];
  for (let each = Math.ceil(low / step) * step; each <= high + 1e-9; each += step) ticks.push(each);
  return { place, ticks };
}
