import './runs.css';
import { about, isEstimate } from '../../api/estimate';
import type { Run } from '../../api/types';
import { streamName } from '../../fill/streams';
import { clockTime, hours } from '../../time/format';
import { Bar } from '../../ui/Bar';
import { Icon } from '../../ui/icons';
import { count, distance, kilograms, litres } from '../../ui/quantity';
import { runColour, selectRun, useModel, useSelection } from '../state/model';
import { texts } from '../texts';
import { StopTimeline } from './StopTimeline';

export function RunList() {
  const runs = useModel((state) => state.runs);
  const { runId } = useSelection();
  if (runs.length === 0) return <p className="empty">{texts.noRuns}</p>;
  return (
    <ol>
      {runs.map((run, index) => (
        <RunCard key={run.run_id} run={run} colour={runColour(index)} isOpen={run.run_id === runId} />
      ))}
    </ol>
  );
}

interface RunCardProps {
  run: Run;
  colour: string;
  isOpen: boolean;
}

function RunCard({ run, colour, isOpen }: RunCardProps) {
  const zone = useModel((state) => state.clock.zone);
  const isGuess = isEstimate(run);
  return (
    <li className={isOpen ? 'run open' : 'run'} style={{ '--run': colour } as React.CSSProperties}>
      <button className="run-head" aria-expanded={isOpen} data-run={run.run_id}
        onClick={() => selectRun(isOpen ? null : run.run_id)}>
        <span className="run-title">
          <span className="run-dot" /><b className="ellipsis">{run.vehicle}</b>
          <span className="run-time">{clockTime(run.starts_at, zone)}–{about(clockTime(run.ends_at, zone), isGuess)}</span>
          <span className="run-chevron"><Icon name="chevron" size={13} /></span>
        </span>
        <Progress run={run} />
        <span className="run-facts">
          <span>{run.streams.map(streamName).join(', ')}</span>
          <span>{about(distance(run.distance_m), isGuess)}</span>
          <span>{about(hours(run.drive_s), isGuess)} driving</span>
        </span>
        <PeakLoad run={run} />
      </button>
      {isOpen && (
        <a className="run-print" href={`/sheet?run=${run.run_id}`} target="_blank" rel="noreferrer">
          <Icon name="print" size={13} />{texts.print}
        </a>
      )}
      {isOpen && <StopTimeline run={run} />}
    </li>
  );
}

function Progress({ run }: { run: Run }) {
  const ended = run.done_count + run.skipped_count;
  const parts = [
    { fraction: run.done_count / Math.max(1, run.pickup_count), colour: 'var(--run)' },
    { fraction: run.skipped_count / Math.max(1, run.pickup_count), colour: 'var(--warn)' },
  ];
  const label = `${run.done_count} done, ${run.skipped_count} skipped of ${run.pickup_count}`;
  return (
    <span className="run-progress" title={label}>
      <Bar parts={parts} label={label} />
      <span className="run-count"><b>{ended}</b>/{run.pickup_count}</span>
    </span>
  );
}

/** How full the vehicle gets at its fullest, by room and by weight. */
function PeakLoad({ run }: { run: Run }) {
  const stops = useModel((state) => state.stops.get(run.run_id)) ?? [];
  const peakL = Math.max(0, ...stops.map((stop) => stop.load_l));
  const peakKg = Math.max(0, ...stops.map((stop) => stop.load_kg));
  return (
    <span className="loads">
      <Load name="Room" used={peakL} whole={run.capacity_l} written={litres} />
      <Load name="Weight" used={peakKg} whole={run.capacity_kg} written={kilograms} />
    </span>
  );
}

interface LoadProps {
  name: string;
  used: number;
  whole: number;
  written: (value: number) => string;
}

function Load({ name, used, whole, written }: LoadProps) {
  const label = `${name}: at most ${written(used)} of ${written(whole)}`;
  return (
    <span className="load" title={label}>
      <span>{name}<b>{count(used)} of {written(whole)}</b></span>
      <Bar parts={[{ fraction: used / Math.max(1, whole), colour: 'var(--ink-3)' }]} label={label} />
    </span>
  );
}
