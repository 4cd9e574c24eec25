import { about, isEstimate } from '../api/estimate';
import { streamName } from '../fill/streams';
import { clockTime, serviceDay } from '../time/format';
import { Icon, Mark } from '../ui/icons';
import { plural } from '../ui/quantity';
import { useStore } from '../ui/store';
import { vehicleId } from './state/day';
import { useDay } from './state/list';
import { texts } from './texts';

export function VehicleChoice() {
  const { runs, clock } = useDay();
  const chosen = useStore(vehicleId, (each) => each);
  return (
    <div className="choice">
      <p className="choice-brand"><Mark size={26} /> Ullage</p>
      {runs.length === 0 && <p className="gate"><b>{texts.noRuns}</b>{texts.noRunsHint}</p>}
      {runs[0] && (
        <>
          {chosen !== null && <p className="notice">{texts.noRunForVehicle}</p>}
          <h1>{texts.chooseVehicle}</h1>
          <p className="muted">{serviceDay(runs[0].service_day)}</p>
        </>
      )}
      <ol>
        {runs.map((run) => (
          <li key={run.run_id}>
            <button className="choice-run" onClick={() => vehicleId.set(run.vehicle_id)}>
              <Icon name="truck" size={26} />
              <span>
                <b>{run.vehicle}</b>
                <small>{run.streams.map(streamName).join(', ')}</small>
                <small>
                  {plural(run.pickup_count, 'stop')}, {clockTime(run.starts_at, clock.zone)}–{about(clockTime(run.ends_at, clock.zone), isEstimate(run))}
                </small>
              </span>
              <Icon name="chevron" size={20} />
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
