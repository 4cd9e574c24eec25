import './rail.css';
import { useState } from 'react';
import { count } from '../../ui/quantity';
import { useModel } from '../state/model';
import { BinList } from './BinList';
import { PlanSummary } from './PlanSummary';
import { RunList } from './RunList';

type Tab = 'runs' | 'bins';

export function Rail() {
  const [tab, setTab] = useState<Tab>('runs');
  const runCount = useModel((state) => state.runs.length);
  const binCount = useModel((state) => state.bins.size);
  const tabs = [['runs', 'Runs', runCount], ['bins', 'Bins', binCount]] as const;
  return (
    <>
      <PlanSummary />
      <div className="tabs" role="tablist">
        {tabs.map(([key, name, number]) => (
          <button key={key} role="tab" id={`tab-${key}`} aria-selected={tab === key}
            aria-controls="rail-list" onClick={() => setTab(key)}>
            {name}<span>{count(number)}</span>
          </button>
        ))}
      </div>
      <div className="rail-body" id="rail-list" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === 'runs' ? <RunList /> : <BinList />}
      </div>
    </>
  );
}
