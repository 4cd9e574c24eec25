import { about, isEstimate } from '../api/estimate';
import { hasPlace } from '../api/placed';
import type { Run } from '../api/types';
import { FillMeter } from '../fill/FillMeter';
import { streamName } from '../fill/streams';
import { clockTime, hours, minutesOf } from '../time/format';
import { Icon } from '../ui/icons';
import { distance, kilograms, litres, percent } from '../ui/quantity';
import { WayCard } from './WayCard';
import { isOpen, useDay, type ListedStop } from './state/list';
import { texts } from './texts';

interface NextStopProps {
  stop: ListedStop;
  stops: readonly ListedStop[];
  run: Run;
}

/** The stop at hand, readable from an arm's length. */
export function NextStop({ stop, stops, run }: NextStopProps) {
  const { zone } = useDay().clock;
  const isGuess = isEstimate(run);
  return (
    <section className={`next ${stop.kind}`} aria-label="Next stop" data-stop={stop.stop_id}>
      <p className="next-where">
        <span className="next-number">{stop.kind === 'pickup' ? stop.position : <Icon name={stop.kind} size={22} />}</span>
        <span>of {stops.length}</span>
        <span className="next-leg">
          <b>{about(clockTime(stop.arrive_at, zone), isGuess)}</b>
          <Leg stop={stop} isGuess={isGuess} />
        </span>
      </p>
      <h1>{stop.address ?? stop.name}</h1>
      <Tags stop={stop} />
      {hasPlace(stop) && <WayCard run={run} stopId={stop.stop_id} from={startElsewhere(stop, stops, run)} />}
      <Facts stop={stop} />
    </section>
  );
}

/** Who takes the list in another order is not where the directions begin: say where that is. */
function startElsewhere(stop: ListedStop, stops: readonly ListedStop[], run: Run): string | null {
  if (stops.find((each) => isOpen(each) && hasPlace(each))?.stop_id === stop.stop_id) return null;
  const before = stops.slice(0, stops.indexOf(stop)).findLast(hasPlace);
  return before ? (before.address ?? before.name) : run.depot;
}

function Leg({ stop, isGuess }: { stop: ListedStop; isGuess: boolean }) {
  if (stop.kind === 'break') return texts.onTheWay;
  if (stop.leg_distance_m === 0) return texts.samePlace;
  return about(`${distance(stop.leg_distance_m)}, ${hours(stop.leg_drive_s)}`, isGuess);
}

function Facts({ stop }: { stop: ListedStop }) {
  switch (stop.kind) {
    case 'pickup': return <PickupFacts stop={stop} />;
    case 'tip': return <TipFacts stop={stop} />;
    case 'break': return <BreakFacts stop={stop} />;
  }
}

function Tags({ stop }: { stop: ListedStop }) {
  if (stop.kind !== 'pickup') return null;
  return (
    <p className="next-tags">
      <span className="chip accent">{stop.stream ? streamName(stop.stream) : ''}</span>
      <span className="chip">{stop.code}</span>
      {stop.address !== null && stop.name !== stop.address && <span className="chip">{stop.name}</span>}
    </p>
  );
}

function PickupFacts({ stop }: { stop: ListedStop }) {
  const expected = stop.expected_fill_fraction;
  return (
    <div className="next-facts">
      <FillMeter kind="foreseen" fraction={expected} width={40} />
      <p><b>{expected === null ? '?' : percent(expected)}</b> expected</p>
      <p><b>{litres(stop.volume_l)}</b> about {kilograms(stop.mass_kg)}</p>
    </div>
  );
}

function BreakFacts({ stop }: { stop: ListedStop }) {
  const { zone } = useDay().clock;
  return (
    <div className="next-facts">
      <Icon name="break" size={34} />
      <p><b>{minutesOf(stop)}</b> of rest</p>
      <p><b>{clockTime(stop.depart_at, zone)}</b> it ends</p>
    </div>
  );
}

function TipFacts({ stop }: { stop: ListedStop }) {
  return (
    <div className="next-facts">
      <Icon name="truck" size={34} />
      <p><b>{litres(stop.volume_l)}</b> to tip</p>
      <p><b>{kilograms(stop.mass_kg)}</b> on board</p>
    </div>
  );
}
