import { useState, type PointerEvent } from 'react';
import type { JudgedForecast } from '../../api/types';
import { dayName, moment } from '../../time/format';
import { percent } from '../../ui/quantity';
import { useModel } from '../state/model';
import { PLOT, WIDTH } from './chartScale';

const HEIGHT = 132;
const FLOOR = 108;
const TOP = 12;
// More than full is not told apart; a little room keeps the dots whole.
const TOP_FILL = 1.08;
// A bar is as wide as there is room for, and never a block.
const WIDEST = 7;

const y = (fraction: number) => FLOOR - (FLOOR - TOP) * (Math.min(TOP_FILL, Math.max(0, fraction)) / TOP_FILL);

/** For each day the band that was said, and the fill that came as a dot: hollow where it lay outside. */
export function BacktestChart({ points }: { points: readonly JudgedForecast[] }) {
  const [pointed, setPointed] = useState<JudgedForecast | null>(null);
  const zone = useModel((state) => state.clock.zone);
  const times = points.map((each) => Date.parse(each.for_at));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const inset = WIDEST;
  const x = (at: string) =>
    PLOT.left + inset + ((Date.parse(at) - first) / Math.max(1, last - first)) * (PLOT.right - PLOT.left - 2 * inset);
  const width = Math.max(2.5, Math.min(WIDEST, (0.62 * (PLOT.right - PLOT.left)) / Math.max(1, points.length)));

  function point(event: PointerEvent<SVGSVGElement>): void {
    const box = event.currentTarget.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width) * WIDTH;
    setPointed(points.reduce((best, each) => (Math.abs(x(each.for_at) - at) < Math.abs(x(best.for_at) - at) ? each : best)));
  }

  const within = points.filter(isWithin).length;
  return (
    <figure className="chart">
      <figcaption><b>Said a day before, and what came</b></figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" data-part="backtest"
        aria-label={`${within} of ${points.length} fills lay within what was said a day before`}
        onPointerMove={point} onPointerLeave={() => setPointed(null)}>
        <g className="grid">
          {[0, 0.5, 1].map((level) => (
            <g key={level}>
              <line className={level === 1 ? 'full' : ''} x1={PLOT.left} x2={PLOT.right} y1={y(level)} y2={y(level)} />
              <text x={PLOT.left - 5} y={y(level) + 3.5} textAnchor="end">{level === 1 ? '100 %' : level * 100}</text>
            </g>
          ))}
          <text x={PLOT.left} y={HEIGHT - 6}>{dayName(first, zone)}</text>
          {last > first && <text x={PLOT.right} y={HEIGHT - 6} textAnchor="end">{dayName(last, zone)}</text>}
        </g>
        {points.map((each) => (
          <g key={each.made_at + each.for_at} className={isWithin(each) ? 'said' : 'said missed'}>
            <rect x={x(each.for_at) - width / 2} width={width} rx={Math.min(2, width / 2)}
              y={y(each.fill_high)} height={Math.max(1.5, y(each.fill_low) - y(each.fill_high))} />
            <line x1={x(each.for_at) - width / 2} x2={x(each.for_at) + width / 2}
              y1={y(each.fill_middle)} y2={y(each.fill_middle)} />
          </g>
        ))}
        {points.map((each) => (
          <circle key={each.made_at + each.for_at} className={isWithin(each) ? 'came' : 'came missed'}
            cx={x(each.for_at)} cy={y(each.came)} r={Math.max(1.8, Math.min(2.8, width / 2))} />
        ))}
        {pointed && <line className="pointed-day" x1={x(pointed.for_at)} x2={x(pointed.for_at)} y1={TOP} y2={FLOOR} />}
      </svg>
      {pointed === null ? <Key hasMissed={within < points.length} /> : <Told point={pointed} zone={zone} />}
    </figure>
  );
}

const isWithin = ({ came, fill_low, fill_high }: JudgedForecast) => fill_low <= came && came <= fill_high;

function Key({ hasMissed }: { hasMissed: boolean }) {
  return (
    <ul className="chart-key">
      <li><i className="key-said" />said, 9 of 10 cases</li>
      <li><i className="key-came" />came</li>
      {hasMissed && <li><i className="key-missed" />came otherwise than said</li>}
    </ul>
  );
}

function Told({ point, zone }: { point: JudgedForecast; zone: string }) {
  const at = Date.parse(point.for_at);
  return (
    <p className="chart-key" role="status">
      {dayName(at, zone)} {moment(at, zone, at).split(' ').at(-1)}: said {percent(point.fill_low)} to {percent(point.fill_high)}, came <b>{percent(point.came)}</b>
    </p>
  );
}
