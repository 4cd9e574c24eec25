import { useState } from 'react';
import type { Run } from '../api/types';
import { Icon, Mark } from '../ui/icons';
import { useStore } from '../ui/store';
import { ActionBar } from './ActionBar';
import { DaySummary } from './DaySummary';
import { Header } from './Header';
import { NextStop } from './NextStop';
import { Notices } from './Notices';
import { StopList } from './StopList';
import { VehicleChoice } from './VehicleChoice';
import { day, whyFailed } from './state/day';
import { isOpen, useRun, useStops } from './state/list';
import { load } from './state/sync';
import { texts } from './texts';

export function Drive() {
  const isLoaded = useStore(day, (each) => each !== null);
  return isLoaded ? <Today /> : <Gate />;
}

function Gate() {
  const why = useStore(whyFailed, (each) => each);
  if (why === null) {
    return <div className="gate" role="status"><Mark size={48} /><p>{texts.loading}</p></div>;
  }
  return (
    <div className="gate" role="alert">
      <Icon name="cloud" size={44} />
      <h1>{texts.failed}</h1>
      <p className="muted">{why}</p>
      <button className="button primary big" onClick={() => void load()}>{texts.retry}</button>
    </div>
  );
}

function Today() {
  const run = useRun();
  return run === undefined ? <VehicleChoice /> : <RunOfTheDay key={run.run_id} run={run} />;
}

/** The stop at hand, and all the others. */
function RunOfTheDay({ run }: { run: Run }) {
  const stops = useStops(run.run_id);
  const [chosenId, setChosenId] = useState<number | null>(null);
  const open = stops.filter(isOpen);
  const current = open.find((stop) => stop.stop_id === chosenId) ?? open[0];
  return (
    <div className="drive">
      <Header run={run} stops={stops} />
      <main>
        <Notices />
        {current ? <NextStop stop={current} stops={stops} run={run} /> : <DaySummary stops={stops} run={run} />}
        <StopList stops={stops} run={run} current={current} onChoose={setChosenId} />
      </main>
      {current && <ActionBar key={current.stop_id} stop={current} />}
    </div>
  );
}
