import './gantt.css';
import { memo, useLayoutEffect, useRef } from 'react';
import { about, isEstimate } from '../../api/estimate';
import type { Run, Stop } from '../../api/types';
import { useNow } from '../../time/clock';
import { clockTime } from '../../time/format';
import { actualSpan } from '../state/actual';
import { runColour, selectBin, selectRun, useModel, useSelection } from '../state/model';
import { makeDayScale, type DayScale } from './dayScale';

/** The day of every vehicle: drives, stops, tips and breaks, planned and done. */
export function Gantt() {
  const runs = useModel((state) => state.runs);
  const box = useRef<HTMLElement>(null);
  useStripHeight(box, runs.length);
  if (runs.length === 0) return null;
  const scale = makeDayScale(runs);
  return (
    <section className="panel gantt" ref={box} aria-label="The day of each vehicle">
      <Hours scale={scale} />
      <ol>
        {runs.map((run, index) => (
          <Lane key={run.run_id} run={run} colour={runColour(index)} scale={scale} />
        ))}
      </ol>
      <Now scale={scale} />
    </section>
  );
}

/** Tell the map's corner how high the strip is, so that nothing lies under it. */
function useStripHeight(box: React.RefObject<HTMLElement | null>, laneCount: number): void {
  useLayoutEffect(() => {
    const console = box.current?.parentElement;
    console?.style.setProperty('--strip', `${(box.current?.offsetHeight ?? 0) + 20}px`);
    return () => void console?.style.removeProperty('--strip');
  }, [box, laneCount]);
}

function Hours({ scale }: { scale: DayScale }) {
  const zone = useModel((state) => state.clock.zone);
  return (
    <div className="hours" aria-hidden="true">
      {scale.hours.map((hour) => (
        <span key={hour} style={{ left: `${scale.place(hour)}%` }}>{clockTime(hour, zone)}</span>
      ))}
    </div>
  );
}

interface LaneProps {
  run: Run;
  colour: string;
  scale: DayScale;
}

function Lane({ run, colour, scale }: LaneProps) {
  const stops = useModel((state) => state.stops.get(run.run_id));
  const { runId } = useSelection();
  const faint = runId !== null && runId !== run.run_id;
  return (
    <li className={faint ? 'lane faint' : 'lane'} style={{ '--run': colour } as React.CSSProperties}>
      <button className="lane-name ellipsis" onClick={() => selectRun(run.run_id)}>{run.vehicle}</button>
      <div className="track">
        <span className="drive" style={extent(scale, run.starts_at, run.ends_at)} />
        {stops?.map((stop) => <Block key={stop.stop_id} stop={stop} isGuess={isEstimate(run)} from={scale.from} to={scale.to} />)}
      </div>
    </li>
  );
}

function extent(scale: DayScale, start: string, end: string) {
  return { left: `${scale.place(start)}%`, width: `${scale.place(end) - scale.place(start)}%` };
}

interface BlockProps {
  stop: Stop;
  isGuess: boolean;
  from: number;
  to: number;
}

const Block = memo(function Block({ stop, isGuess, from, to }: BlockProps) {
  const zone = useModel((state) => state.clock.zone);
  const span = actualSpan(stop);
  const place = (at: number) => ((at - from) / (to - from)) * 100;
  const left = place(span.from);
  const name = stop.address ?? stop.name;
  const at = about(clockTime(span.from, zone), isGuess && stop.status === 'planned');
  return (
    <button className={`block ${stop.kind} ${stop.status}`} tabIndex={-1}
      style={{ left: `${left}%`, width: `${place(span.to) - left}%` }}
      title={`${stop.position}. ${at} ${name}, ${stop.reason ?? stop.status}`}
      onClick={() => selectBin(stop.slot_id)} />
  );
});

function Now({ scale }: { scale: DayScale }) {
  const clock = useModel((state) => state.clock);
  const now = useNow(clock);
  if (now < scale.from || now > scale.to) return null;
  return (
    <div className="now-track" aria-hidden="true">
      <span className="now-line" style={{ left: `${scale.place(now)}%` }} />
    </div>
  );
}
