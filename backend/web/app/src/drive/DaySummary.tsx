import type { Run } from '../api/types';
import { Mark } from '../ui/icons';
import { count, kilograms, litres } from '../ui/quantity';
import { UndoBar } from './UndoBar';
import { WayCard } from './WayCard';
import type { ListedStop } from './state/list';
import { texts } from './texts';

/** The end of the day, in numbers. */
export function DaySummary({ stops, run }: { stops: readonly ListedStop[]; run: Run }) {
  const pickups = stops.filter((stop) => stop.kind === 'pickup');
  const done = pickups.filter((stop) => stop.status === 'done');
  const total = (pick: (stop: ListedStop) => number) => done.reduce((sum, stop) => sum + pick(stop), 0);
  return (
    <section className="over">
      <Mark size={52} />
      <h1>{texts.dayOver}</h1>
      <p className="muted">{texts.dayOverHint} {run.depot}</p>
      <dl>
        <div><dd>{count(done.length)}</dd><dt>emptied</dt></div>
        <div><dd>{count(pickups.length - done.length)}</dd><dt>skipped</dt></div>
        <div><dd>{litres(total((stop) => stop.volume_l))}</dd><dt>about {kilograms(total((stop) => stop.mass_kg))}</dt></div>
      </dl>
      <WayCard run={run} stopId="home" from={null} />
      <UndoBar />
    </section>
  );
}
