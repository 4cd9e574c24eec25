import './stops.css';
import { useEffect, useRef } from 'react';
import { about, isEstimate } from '../../api/estimate';
import type { Run, Stop } from '../../api/types';
import { fillVariable } from '../../fill/fill';
import { streamName } from '../../fill/streams';
import { clockTime, minutesOf } from '../../time/format';
import { Bar } from '../../ui/Bar';
import { Icon } from '../../ui/icons';
import { kilograms, litres, percent } from '../../ui/quantity';
import { selectBin, useModel, useSelection } from '../state/model';
import { actualSpan } from '../state/actual';

/** A run's stops in order, from depot to depot. */
export function StopTimeline({ run }: { run: Run }) {
  const stops = useModel((state) => state.stops.get(run.run_id)) ?? [];
  return (
    <ol className={isEstimate(run) ? 'stops guessed' : 'stops'}>
      <Terminus name={run.depot} at={run.starts_at} isGuess={false} />
      {stops.map((stop) => <StopRow key={stop.stop_id} stop={stop} run={run} />)}
      <Terminus name={run.depot} at={run.ends_at} isGuess={isEstimate(run)} />
    </ol>
  );
}

function Terminus({ name, at, isGuess }: { name: string; at: string; isGuess: boolean }) {
  const zone = useModel((state) => state.clock.zone);
  return (
    <li className="stop terminus">
      <time>{about(clockTime(at, zone), isGuess)}</time>
      <span className="knot"><Icon name="depot" size={11} /></span>
      <span className="stop-name ellipsis">{name}</span>
    </li>
  );
}

function StopRow({ stop, run }: { stop: Stop; run: Run }) {
  const zone = useModel((state) => state.clock.zone);
  const { slotId } = useSelection();
  const isChosen = stop.slot_id !== null && stop.slot_id === slotId;
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isChosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  return (
    <li ref={row} className={`stop ${stop.kind} ${stop.status}${isChosen ? ' chosen' : ''}`}
      data-stop={stop.stop_id} data-status={stop.status}>
      <button disabled={stop.slot_id === null} onClick={() => selectBin(stop.slot_id)}>
        <time>{about(clockTime(actualSpan(stop).from, zone), isEstimate(run) && stop.status === 'planned')}</time>
        <Knot stop={stop} />
        <span className="stop-main">
          <span className="stop-name ellipsis">{stop.address ?? stop.name}</span>
          <Facts stop={stop} run={run} />
        </span>
        {stop.kind !== 'break' && <LoadAfter stop={stop} run={run} />}
      </button>
    </li>
  );
}

function Knot({ stop }: { stop: Stop }) {
  if (stop.status === 'done') return <span className="knot"><Icon name="check" size={11} /></span>;
  if (stop.status === 'skipped') return <span className="knot"><Icon name="skip" size={10} /></span>;
  if (stop.kind !== 'pickup') return <span className="knot"><Icon name={stop.kind} size={11} /></span>;
  return <span className="knot">{stop.position}</span>;
}

function Facts({ stop, run }: { stop: Stop; run: Run }) {
  if (stop.status === 'skipped') return <span className="chip warn">Skipped: {stop.reason}</span>;
  if (stop.kind === 'pickup') return <Pickup stop={stop} run={run} />;
  if (stop.kind === 'tip') return <Tip stop={stop} />;
  return <span className="stop-facts"><span>{minutesOf(stop)}</span></span>;
}

function Pickup({ stop, run }: { stop: Stop; run: Run }) {
  const expected = stop.expected_fill_fraction;
  return (
    <span className="stop-facts">
      <span>{stop.code}</span>
      {stop.stream && run.streams.length > 1 && <span>{streamName(stop.stream)}</span>}
      {expected !== null && (
        <span><i className="swatch" style={{ background: fillVariable(expected) }} />{percent(expected)}</span>
      )}
      <span>{litres(stop.volume_l)}</span>
      <span>{kilograms(stop.mass_kg)}</span>
    </span>
  );
}

function Tip({ stop }: { stop: Stop }) {
  return (
    <span className="stop-facts">
      <span>Tip {litres(stop.volume_l)}</span><span>{kilograms(stop.mass_kg)}</span>
    </span>
  );
}

function LoadAfter({ stop, run }: { stop: Stop; run: Run }) {
  const byRoom = stop.load_l / Math.max(1, run.capacity_l);
  const byWeight = stop.load_kg / Math.max(1, run.capacity_kg);
  const fullest = Math.max(byRoom, byWeight);
  const label = `On board after: ${litres(stop.load_l)}, ${kilograms(stop.load_kg)}`;
  return (
    <span className="load-after" title={label}>
      <Bar parts={[{ fraction: fullest, colour: 'var(--run)' }]} label={label} />
    </span>
  );
}
