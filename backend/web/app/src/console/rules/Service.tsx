import { useState, type FormEvent } from 'react';
import { api } from '../../api/client';
import { Icon } from '../../ui/icons';
import { WeekdayPicker } from '../../ui/WeekdayPicker';
import { change, type Rules } from './state';

const HUNDRED = 100;
const USUAL_PCT = 99.5;
const toPct = (level: number) => Number((HUNDRED * level).toPrecision(6));

/** How sure bins shall have room, and on which weekdays trucks drive. */
export function Service({ known }: { known: Rules }) {
  return (
    <section className="rules-part">
      <Level key={known.serviceLevel} level={known.serviceLevel} />
      <Weekdays weekdays={known.service.weekdays} />
    </section>
  );
}

function Level({ level }: { level: number | null }) {
  const [pct, setPct] = useState(level === null ? null : toPct(level));
  const [why, setWhy] = useState<string | null>(null);
  const isChanged = pct !== (level === null ? null : toPct(level));

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setWhy(await change(() => api.setServiceLevel(pct === null ? null : pct / HUNDRED)));
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <fieldset>
        <legend>Service level</legend>
        <div className="segments">
          <label><input type="radio" name="level" checked={pct === null} onChange={() => setPct(null)} /><span>None set</span></label>
          <label><input type="radio" name="level" checked={pct !== null} onChange={() => setPct(level === null ? USUAL_PCT : toPct(level))} /><span>At least …</span></label>
        </div>
        {pct === null
          ? <p className="muted hint">Overflows are weighed against driving as the settings say.</p>
          : <label className="inline-field"><input type="number" required min="50" max="99.99" step="any" inputMode="decimal" value={Number.isNaN(pct) ? '' : pct} onChange={(event) => setPct(event.target.valueAsNumber)} />% of bins have room until their next chance</label>}
        {why !== null && <p className="trouble" role="alert"><Icon name="warn" size={14} />{why}</p>}
        {isChanged && <button className="button primary">Keep to it</button>}
      </fieldset>
    </form>
  );
}

function Weekdays({ weekdays }: { weekdays: readonly number[] }) {
  const [why, setWhy] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function choose(next: readonly number[]): Promise<void> {
    if (next.length === 0) return setWhy('Trucks must drive on one day at least.');
    setIsBusy(true);
    setWhy(await change(() => api.setServiceWeekdays(next)));
    setIsBusy(false);
  }

  return (
    <fieldset aria-busy={isBusy}>
      <legend>Trucks drive on</legend>
      <WeekdayPicker label="Trucks drive on" chosen={weekdays} choose={(next) => void (isBusy || choose(next))} />
      {why !== null && <p className="trouble" role="alert"><Icon name="warn" size={14} />{why}</p>}
    </fieldset>
  );
}
