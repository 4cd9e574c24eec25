import { isEstimate } from '../api/estimate';
import type { Paper } from './load';

/** Whose run it is, and the day in numbers. */
export function Header({ paper: { organisation, run, pen } }: { paper: Paper }) {
  const { words, guessed } = pen;
  const facts = [
    [words.depot, run.depot],
    [words.start, pen.time(run.starts_at)],
    [words.home, guessed(pen.time(run.ends_at))],
    [words.distance, guessed(pen.km(run.distance_m))],
    [words.driving, guessed(pen.duration(run.drive_s))],
    [words.stops, String(run.pickup_count)],
    [words.load, `${pen.litres(run.volume_l)}, ${pen.kilograms(run.mass_kg)}`],
  ];
  return (
    <header className="run-header">
      <p className="kicker">{words.run} · {organisation}</p>
      <h1>{run.vehicle}</h1>
      <p className="day">{pen.day(run.service_day)}</p>
      <p className="driver">{words.driver}</p>
      <dl>{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
      {isEstimate(run) && <p className="estimate">{words.estimate} {words.noWay}</p>}
    </header>
  );
}
