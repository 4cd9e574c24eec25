import { FillMeter } from '../fill/FillMeter';
import { streamName } from '../fill/streams';
import { clockTime, hours } from '../time/format';
import { Icon } from '../ui/icons';
import { distance, kilograms, litres, percent } from '../ui/quantity';
import { useDay, type ListedStop } from './state/list';
import { texts } from './texts';

/** The stop at hand, readable from an arm's length. */
export function NextStop({ stop, stops }: { stop: ListedStop; stops: readonly ListedStop[] }) {
  const { zone } = useDay().clock;
  return (
    <section className={`next ${stop.kind}`} aria-label="Next stop" data-stop={stop.stop_id}>
      <p className="next-where">
        <span className="next-number">{stop.kind === 'tip' ? <Icon name="tip" size={22} /> : stop.position}</span>
        <span>of {stops.length}</span>
        <span className="next-leg">
          <b>{clockTime(stop.arrive_at, zone)}</b>
          {stop.leg_distance_m === 0
            ? texts.samePlace
            : `${distance(stop.leg_distance_m)}, ${hours(stop.leg_drive_s)}`}
        </span>
      </p>
      <h1>{stop.address ?? stop.name}</h1>
      {stop.kind === 'tip' ? <TipFacts stop={stop} /> : <PickupFacts stop={stop} />}
    </section>
  );
}

function PickupFacts({ stop }: { stop: ListedStop }) {
  const expected = stop.expected_fill_fraction;
  return (
    <>
      <p className="next-tags">
        <span className="chip accent">{stop.stream ? streamName(stop.stream) : ''}</span>
        <span className="chip">{stop.code}</span>
        {stop.address !== null && stop.name !== stop.address && <span className="chip">{stop.name}</span>}
      </p>
      <div className="next-facts">
        <FillMeter kind="foreseen" fraction={expected} width={40} />
        <p><b>{expected === null ? '?' : percent(expected)}</b> expected</p>
        <p><b>{litres(stop.volume_l)}</b> about {kilograms(stop.mass_kg)}</p>
      </div>
    </>
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
