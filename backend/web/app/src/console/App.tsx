import './app.css';
import { lazy, Suspense } from 'react';
import { useStore } from '../ui/store';
import { Icon, Mark } from '../ui/icons';
import { AlarmPanel } from './alarms/AlarmPanel';
import { CloseStreet } from './closures/CloseStreet';
import { ClosuresPanel } from './closures/ClosuresPanel';
import { alarms } from './alarms/state';
import { usePanel } from './closures/state';
import { BinDetail } from './detail/BinDetail';
import { Gantt } from './gantt/Gantt';
import { Legend } from './map/Legend';
import { Rail } from './rail/Rail';
import { Sheet } from './rail/Sheet';
import { RulesPanel } from './rules/RulesPanel';
import { useRules } from './rules/state';
import { loading, useSelection } from './state/model';
import { load } from './state/sync';
import { texts } from './texts';
import { TopBar } from './top/TopBar';
import { useWhatIf } from './whatif/state';
import { WhatIfPage } from './whatif/WhatIfPage';

// Three quarters of the code is the map: the lists are there before it.
const MapView = lazy(() => import('./map/MapView'));

export function App() {
  const now = useStore(loading, (each) => each);
  if (now.state === 'loading') return <Waiting />;
  if (now.state === 'failed') return <Failed why={now.why} />;
  return <Console />;
}

function Console() {
  const { slotId } = useSelection();
  const { step } = usePanel();
  const hasAlarms = useStore(alarms, (each) => each.isShown);
  const { placing } = useWhatIf();
  const { isShown: hasRules } = useRules();
  const state = [placing !== null && 'is-placing', slotId !== null && 'has-detail', step !== 'away' && 'has-closures', hasAlarms && 'has-alarms', hasRules && 'has-rules'].filter(Boolean).join(' ');
  return (
    <div className={`console ${state}`}>
      <main className="stage">
        <Suspense fallback={<div className="map-waiting" />}>
          <MapView />
        </Suspense>
        <div className="map-tools"><Legend /><CloseStreet /></div>
        <ClosuresPanel />
        <AlarmPanel />
      </main>
      <TopBar />
      <Sheet>
        <Rail />
      </Sheet>
      {slotId !== null && <BinDetail key={slotId} slotId={slotId} />}
      <Gantt />
      <RulesPanel />
      <WhatIfPage />
    </div>
  );
}

function Waiting() {
  return (
    <div className="gate" role="status">
      <span className="gate-mark"><Mark size={44} /></span>
      <p className="muted">{texts.loading}</p>
    </div>
  );
}

function Failed({ why }: { why: string }) {
  return (
    <div className="gate" role="alert">
      <span className="gate-mark"><Icon name="warn" size={36} /></span>
      <h1 className="gate-title">{texts.failed}</h1>
      <p className="muted">{why}</p>
      <button className="button primary" onClick={() => void load()}>{texts.retry}</button>
    </div>
  );
}
