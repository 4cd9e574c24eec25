import { useState } from 'react';
import { about, isEstimate } from '../api/estimate';
import type { Run } from '../api/types';
import { fillVariable } from '../fill/fill';
import { streamName } from '../fill/streams';
import { clockTime, minutesOf } from '../time/format';
import { Icon } from '../ui/icons';
import { percent } from '../ui/quantity';
import { CorrectSheet } from './CorrectSheet';
import { isOpen, useDay, type ListedStop } from './state/list';
import { texts } from './texts';

interface StopListProps {
  stops: readonly ListedStop[];
  run: Run;
  current: ListedStop | undefined;
  onChoose: (stopId: number) => void;
}

/** The stops to come, and the ended ones folded away behind their count. */
export function StopList({ stops, run, current, onChoose }: StopListProps) {
  const [correcting, setCorrecting] = useState<ListedStop | null>(null);
  const coming = stops.filter((stop) => isOpen(stop) && stop.stop_id !== current?.stop_id);
  const ended = stops.filter((stop) => !isOpen(stop));
  return (
    <>
      {coming.length > 0 && (
        <section>
          <h2 className="list-title">{texts.rest}</h2>
          <Rows stops={coming} isGuess={isEstimate(run)} onTap={(stop) => {
            onChoose(stop.stop_id);
            scrollTo({ top: 0, behavior: 'smooth' });
          }} />
        </section>
      )}
      {ended.length > 0 && (
        <details className="ended" open={current === undefined}>
          <summary className="list-title">{texts.ended} <span>{ended.length}</span></summary>
          <Rows stops={ended} isGuess={isEstimate(run)} onTap={setCorrecting} />
        </details>
      )}
      {correcting && <CorrectSheet stop={correcting} onClose={() => setCorrecting(null)} />}
    </>
  );
}

interface RowsProps {
  stops: readonly ListedStop[];
  isGuess: boolean;
  onTap: (stop: ListedStop) => void;
}

function Rows({ stops, isGuess, onTap }: RowsProps) {
  const { zone } = useDay().clock;
  return (
    <ol className="rows">
      {stops.map((stop) => (
        <li key={stop.stop_id} className={`row ${stop.kind} ${isOpen(stop) ? 'open' : stop.status}`}
          data-stop={stop.stop_id} data-status={stop.status}>
          <button onClick={() => onTap(stop)}>
            <span className="row-number"><Sign stop={stop} /></span>
            <span className="row-main">
              <b className="ellipsis">{stop.address ?? stop.name}</b>
              <small className="ellipsis"><Facts stop={stop} /></small>
            </span>
            <time>{about(clockTime(stop.arrive_at, zone), isGuess)}</time>
          </button>
        </li>
      ))}
    </ol>
  );
}

function Sign({ stop }: { stop: ListedStop }) {
  if (!isOpen(stop)) return <Icon name={stop.status === 'done' ? 'check' : 'skip'} size={18} />;
  return stop.kind === 'pickup' ? stop.position : <Icon name={stop.kind} size={18} />;
}

function Facts({ stop }: { stop: ListedStop }) {
  if (stop.isWaiting) return <span className="chip warn">{texts.waiting}</span>;
  if (!isOpen(stop)) return stop.reason ?? stop.status;
  if (stop.kind === 'tip') return 'tip the load';
  if (stop.kind === 'break') return minutesOf(stop);
  const expected = stop.expected_fill_fraction;
  return (
    <>
      <i className="swatch" style={{ background: fillVariable(expected) }} />
      {expected === null ? '' : `${percent(expected)} · `}
      {stop.stream && streamName(stop.stream)} · {stop.code}
    </>
  );
}
