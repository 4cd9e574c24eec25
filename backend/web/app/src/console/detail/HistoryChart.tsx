import './chart.css';
import { useState, type PointerEvent } from 'react';
import type { Forecast, History, ReadingPoint } from '../../api/types';
import { useNow } from '../../time/clock';
import { midnights, moment, weekday } from '../../time/format';
import { percent, plural } from '../../ui/quantity';
import { useModel } from '../state/model';
import { fanPath, middlePath, readingPath } from './chartPaths';
import { HEIGHT, makeScale, PLOT, WIDTH, type Scale } from './chartScale';
import { valueNear, type ChartValue } from './chartValue';

interface HistoryChartProps {
  history: History;
  forecast: Forecast | null;
}

/** Two weeks behind, the forecast ahead, the present between them. */
export function HistoryChart({ history, forecast }: HistoryChartProps) {
  const scale = makeScale(history, forecast);
  const [pointed, setPointed] = useState<ChartValue | null>(null);

  function point(event: PointerEvent<SVGSVGElement>): void {
    const box = event.currentTarget.getBoundingClientRect();
    const at = scale.at(((event.clientX - box.left) / box.width) * WIDTH);
    setPointed(valueNear(at, history, forecast));
  }

  return (
    <figure className="chart">
      <figcaption>
        <b>Fill, two weeks and ahead</b><Reading value={pointed} />
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={summary(history, forecast)}
        onPointerMove={point} onPointerLeave={() => setPointed(null)}>
        <Grid scale={scale} />
        {forecast && (
          <g data-part="forecast">
            <path className="fan" d={fanPath(forecast, scale)} />
            <path className="middle" d={middlePath(forecast, scale)} />
          </g>
        )}
        <path className="readings" data-part="readings" d={readingPath(history, scale)} />
        <Doubted history={history} scale={scale} />
        {history.observations.map((seen) => (
          <circle key={seen.at} className="observation" r="3"
            cx={scale.x(seen.at)} cy={scale.y(seen.fill_fraction)} />
        ))}
        <Emptyings history={history} scale={scale} />
        <NowLine scale={scale} />
        {pointed && <Crosshair scale={scale} value={pointed} />}
      </svg>
      <ul className="chart-key">
        <li><i className="key-readings" />measured</li>
        {history.readings.some(isDoubted) && <li><i className="key-doubted" />not believed</li>}
        {history.observations.length > 0 && <li><i className="key-seen" />seen by people</li>}
        <li><i className="key-emptied" />emptied</li>
        <li><i className="key-fan" />foreseen, 8 of 10 cases</li>
      </ul>
    </figure>
  );
}

function summary(history: History, forecast: Forecast | null): string {
  const past = `${plural(history.readings.length, 'reading')}, ${plural(history.emptyings.length, 'emptying')}`;
  return forecast ? `${past}, and a forecast` : past;
}

function Reading({ value }: { value: ChartValue | null }) {
  const clock = useModel((state) => state.clock);
  if (value === null) return null;
  return (
    <span className="muted">{moment(value.at, clock.zone, value.at)} {value.word} <b>{percent(value.fraction)}</b></span>
  );
}

function Grid({ scale }: { scale: Scale }) {
  const zone = useModel((state) => state.clock.zone);
  const days = midnights(scale.from, scale.to, zone);
  const dayWidth = (PLOT.right - PLOT.left) / Math.max(1, days.length);
  return (
    <g className="grid">
      {[0, 0.5, 1].map((level) => (
        <g key={level}>
          <line className={level === 1 ? 'full' : ''} x1={PLOT.left} x2={PLOT.right}
            y1={scale.y(level)} y2={scale.y(level)} />
          <text x={PLOT.left - 5} y={scale.y(level) + 3.5} textAnchor="end">{level === 1 ? '100 %' : level * 100}</text>
        </g>
      ))}
      {days.map((day) => (
        <g key={day}>
          <line x1={scale.x(day)} x2={scale.x(day)} y1={PLOT.bottom} y2={PLOT.bottom + 4} />
          {scale.x(day) + dayWidth <= PLOT.right + 6 && (
            <text x={scale.x(day) + dayWidth / 2} y={PLOT.bottom + 14} textAnchor="middle">
              {weekday(day, zone).charAt(0)}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}

const isDoubted = (reading: ReadingPoint) => reading.fault !== null;

/** What was measured all the same: hollow, and apart from the line. */
function Doubted({ history, scale }: { history: History; scale: Scale }) {
  return (
    <g className="doubted" data-part="doubted">
      {history.readings.filter(isDoubted).map((each) => (
        <circle key={each.at} r="1.8" cx={scale.x(each.at)} cy={scale.y(each.fill_fraction)} />
      ))}
    </g>
  );
}

function Emptyings({ history, scale }: { history: History; scale: Scale }) {
  return (
    <g className="emptyings" data-part="emptyings">
      {history.emptyings.map((each) => (
        <g key={each.at} transform={`translate(${scale.x(each.at)} 0)`}>
          <line y1={PLOT.top} y2={PLOT.bottom} />
          <path d={`M-3.5 ${PLOT.top - 6}h7l-3.5 6z`} />
        </g>
      ))}
    </g>
  );
}

function NowLine({ scale }: { scale: Scale }) {
  const now = useNow(useModel((state) => state.clock));
  const x = scale.x(Math.min(now, scale.to));
  return (
    <g className="now">
      <line x1={x} x2={x} y1={PLOT.top - 4} y2={PLOT.bottom} />
      <text x={x} y={PLOT.bottom + 24} textAnchor="middle">now</text>
    </g>
  );
}

function Crosshair({ scale, value }: { scale: Scale; value: ChartValue }) {
  const x = scale.x(value.at);
  return (
    <g className="crosshair">
      <line x1={x} x2={x} y1={PLOT.top} y2={PLOT.bottom} />
      <circle cx={x} cy={scale.y(value.fraction)} r="3.5" />
    </g>
  );
}
