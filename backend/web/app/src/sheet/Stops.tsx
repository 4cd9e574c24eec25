import type { Line, Run, Stop } from '../api/types';
import { Icon } from '../ui/icons';
import { TurnIcon } from '../way/TurnIcon';
import type { Pen } from './pen';

interface EntryProps {
  stop: Stop;
  lines: readonly Line[];
  pen: Pen;
}

export function Start({ run, pen }: { run: Run; pen: Pen }) {
  return (
    <li className="entry terminus">
      <div className="entry-row">
        <span className="number"><Icon name="depot" size={13} /></span>
        <time>{pen.time(run.starts_at)}</time>
        <div><b>{run.depot}</b></div>
      </div>
    </li>
  );
}

/** One entry of the list: what it is, room to say what became of it, and how to get there. */
export function StopBlock({ stop, lines, pen }: EntryProps) {
  return (
    <li className={`entry ${stop.kind} ${stop.status}`} data-stop={stop.stop_id}>
      <div className="entry-row">
        <span className="number">{stop.kind === 'pickup' ? stop.position : <Icon name={stop.kind} size={13} />}</span>
        <time>{pen.guessed(pen.time(stop.arrive_at))}</time>
        <div>
          <b>{stop.kind === 'break' ? pen.words.rest : (stop.address ?? stop.name)}</b>
          <Facts stop={stop} lines={lines} pen={pen} />
        </div>
        {stop.kind !== 'break' && <span className="weight"><i>{pen.words.weight}</i>kg</span>}
        <span className="tick" title={pen.words.done}>{stop.status === 'done' && <Icon name="check" size={16} />}</span>
      </div>
      <Way lines={lines} />
    </li>
  );
}

function Facts({ stop, lines, pen }: EntryProps) {
  return <p className="entry-facts">{facts(stop, lines, pen).filter(Boolean).map((fact) => <span key={fact}>{fact}</span>)}</p>;
}

function facts(stop: Stop, lines: readonly Line[], pen: Pen): (string | null)[] {
  const { words } = pen;
  if (stop.status === 'skipped') return [stop.code, stop.reason];
  switch (stop.kind) {
    case 'break': return [pen.duration((Date.parse(stop.depart_at) - Date.parse(stop.arrive_at)) / 1000)];
    case 'tip': return [words.tip, side(lines, pen), pen.litres(stop.volume_l), pen.kilograms(stop.mass_kg)];
    case 'pickup': return [
      stop.code,
      stop.stream && pen.stream(stop.stream),
      stop.expected_fill_fraction === null ? null : `${pen.percent(stop.expected_fill_fraction)} ${words.expected}`,
      side(lines, pen),
    ];
  }
}

/** On which side of the street it is, seen from the cab. */
function side(lines: readonly Line[], { words }: Pen): string | null {
  const bend = lines.at(-1)?.bend ?? '';
  if (bend.endsWith('left')) return words.left;
  return bend.endsWith('right') ? words.right : null;
}

export function Home({ run, lines, pen }: { run: Run; lines: readonly Line[]; pen: Pen }) {
  return (
    <li className="entry terminus" data-stop="home">
      <div className="entry-row">
        <span className="number"><Icon name="depot" size={13} /></span>
        <time>{pen.guessed(pen.time(run.ends_at))}</time>
        <div><b>{run.depot}</b><p className="entry-facts"><span>{pen.words.wayHome}</span></p></div>
      </div>
      <Way lines={lines} />
    </li>
  );
}

function Way({ lines }: { lines: readonly Line[] }) {
  if (lines.length === 0) return null;
  return (
    <ol className="turns">
      {lines.map((line, index) => (
        <li key={index}><TurnIcon line={line} size={11} /><span>{line.text}{line.along && <small>, {line.along}</small>}</span></li>
      ))}
    </ol>
  );
}
