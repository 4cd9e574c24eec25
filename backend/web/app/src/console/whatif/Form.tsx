import { useState, type FormEvent } from 'react';
import type { TodaysVehicle } from '../../api/types';
import { streamName } from '../../fill/streams';
import { Icon } from '../../ui/icons';
import { DepotField } from './DepotField';
import { MoreTerms } from './MoreTerms';
import { NewBins } from './NewBins';
import { ask, changeDraft, EMPTY, useWhatIf } from './state';
import { TodayOr } from './TodayOr';
import { aimName, words } from './words';

const USUAL_SERVICE_PCT = 99.5;
const COUNTS = [[0, 'none'], [1, 'as today'], [2, 'one more']] as const;

/** What shall be otherwise. */
export function Form() {
  const { draft, terms } = useWhatIf();
  const [isBusy, setIsBusy] = useState(false);
  const [why, setWhy] = useState<string | null>(null);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(EMPTY);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setIsBusy(true);
    setWhy(await ask());
    setIsBusy(false);
  }

  return (
    <form className="whatif-form" onSubmit={(event) => void submit(event)} onChange={() => setWhy(null)}>
      <fieldset>
        <legend>Trucks</legend>
        {terms === null
          ? <div className="form-waiting" role="status" aria-label="Loading the trucks" />
          : terms.vehicles.map((each) => <Truck key={each.vehicle_id} vehicle={each} />)}
      </fieldset>
      <DepotField />
      <Service />
      <NewBins />
      <MoreTerms />
      <fieldset>
        <legend>How closely</legend>
        <div className="segments">
          {([[false, '2 weeks, twice'], [true, '8 weeks, 4 times']] as const).map(([value, title]) => (
            <label key={title}>
              <input type="radio" name="how" checked={draft.isThorough === value} onChange={() => changeDraft({ isThorough: value })} />
              <span>{title}</span>
            </label>
          ))}
        </div>
        <label className="check">
          <input type="checkbox" checked={draft.withSensors} onChange={(event) => changeDraft({ withSensors: event.target.checked })} />
          Also find out where the next sensor pays most
        </label>
      </fieldset>
      {why !== null && <p className="trouble" role="alert"><Icon name="warn" size={14} />{why}</p>}
      <div className="form-end">
        <button className="button primary" disabled={isBusy}>{isBusy ? 'Asking…' : words.ask}</button>
        {isChanged && <button type="button" className="link" onClick={() => changeDraft(EMPTY)}>All as today</button>}
        <p className="muted">{draft.isThorough ? words.takesLong : words.takes}</p>
      </div>
    </form>
  );
}

function Truck({ vehicle: { vehicle_id, name, streams } }: { vehicle: TodaysVehicle }) {
  const { draft } = useWhatIf();
  const chosen = draft.vehicles[vehicle_id] ?? 1;
  const choose = (number: number) => {
    const { [vehicle_id]: _, ...others } = draft.vehicles;
    changeDraft({ vehicles: number === 1 ? others : { ...others, [vehicle_id]: number } });
  };
  return (
    <div className="truck" role="radiogroup" aria-label={name}>
      <p><b>{name}</b><span className="muted ellipsis">{streams.map(streamName).join(', ')}</span></p>
      <div className="segments">
        {COUNTS.map(([number, title]) => (
          <label key={number} title={title}>
            <input type="radio" name={`vehicle-${vehicle_id}`} checked={chosen === number} aria-label={title}
              onChange={() => choose(number)} />
            <span>{number}</span>
          </label>
        ))}
      </div>
    </div>
  );
}

function Service() {
  const { draft: { servicePct }, terms } = useWhatIf();
  return (
    <TodayOr name="service" legend="Service level" today={terms?.aim.service_level == null ? null : aimName(terms.aim)} other="At least …"
      value={servicePct} usual={USUAL_SERVICE_PCT} limits={{ min: 50, max: 99.99, step: 0.01 }} unit="% of bins have room until their next chance"
      change={(value) => changeDraft({ servicePct: value })} />
  );
}
