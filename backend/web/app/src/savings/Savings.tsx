import { useState } from 'react';
import { calendarDay } from '../time/format';
import { Icon, Mark } from '../ui/icons';
import { Toolbar } from '../ui/Toolbar';
import type { Ledger, Organisation } from '../api/types';
import { Bars, type BarGroup } from './Bars';
import { Empty } from './Empty';
import { Method } from './Method';
import { METRICS } from './metrics';
import { Reckon } from './Reckon';
import { Tiles } from './Tiles';
import { useLedger } from './useLedger';
import { monthName, shortMonthName, spanWords } from './words';

/** The savings ledger, for a manager and for a controller who wants to know how. */
export function Savings() {
  const [now, reload] = useLedger();
  if (now.state === 'loading') return <div className="gate" role="status"><span className="gate-mark"><Mark size={44} /></span></div>;
  if (now.state === 'failed') {
    return (
      <div className="gate" role="alert">
        <Icon name="warn" size={36} />
        <h1>The ledger could not be loaded</h1>
        <p className="muted">{now.why}</p>
        <button className="button primary" onClick={reload}>Try again</button>
      </div>
    );
  }
  return <Page organisation={now.organisation} ledger={now.ledger} reload={reload} />;
}

interface PageProps {
  organisation: Organisation;
  ledger: Ledger;
  reload: () => void;
}

function Page({ organisation, ledger, reload }: PageProps) {
  const today = calendarDay(organisation.now, organisation.time_zone);
  return (
    <>
      <Toolbar title="Savings" organisation={organisation}>
        {ledger.savings.length > 0 && <Exports />}
      </Toolbar>
      <main className="ledger">
        {ledger.savings.length === 0
          ? <Empty ledger={ledger} today={today} reload={reload} />
          : <Months ledger={ledger} today={today} reload={reload} />}
      </main>
    </>
  );
}

function Months({ ledger, today, reload }: { ledger: Ledger; today: string; reload: () => void }) {
  const [chosen, setChosen] = useState(0);
  const [metric, setMetric] = useState(METRICS[0]!);
  const saving = ledger.savings[chosen] ?? ledger.savings[0]!;
  const months: BarGroup[] = [...ledger.savings].reverse().map((each) => ({
    key: each.month, name: shortMonthName(each.month), fixed: metric.of(each.fixed), driven: metric.of(each.driven),
  }));
  const days: BarGroup[] = saving.days.map((each) => ({
    key: each.day, name: String(Number(each.day.slice(8))), fixed: metric.of(each.fixed), driven: metric.of(each.driven),
  }));
  return (
    <>
      <header className="ledger-head">
        <div>
          <h1>{monthName(saving.month)}</h1>
          <p className="muted">{spanWords(saving)}, beside the fixed rounds of before</p>
        </div>
        <select aria-label="Month" value={chosen} onChange={(event) => setChosen(Number(event.target.value))}>
          {ledger.savings.map((each, index) => <option key={each.month} value={index}>{monthName(each.month)}</option>)}
        </select>
        <Reckon ledger={ledger} month={saving.month} today={today} reload={reload} />
      </header>
      <Tiles saving={saving} chosen={metric} onChoose={setMetric} />
      <Bars title={`${metric.name}, day by day`} groups={days} metric={metric} />
      {months.length > 1 && <Bars title={`${metric.name}, month by month`} groups={months} metric={metric} />}
      <Method saving={saving} />
    </>
  );
}

function Exports() {
  return (
    <>
      <a className="button" href="/api/v1/savings.csv" download="savings-by-month.csv">Months, CSV</a>
      <a className="button" href="/api/v1/savings.csv?by=day" download="savings-by-day.csv">Days, CSV</a>
    </>
  );
}
