import { useState, type FormEvent } from 'react';
import { api } from '../../api/client';
import { Icon } from '../../ui/icons';
import { change } from './state';

const LONGEST_REASON = 200;

/** A day to come: without service, or with another amount than usual. */
export function DayForm({ today }: { today: string }) {
  const [isOff, setIsOff] = useState(true);
  const [why, setWhy] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const day = String(given.get('day'));
    const reason = String(given.get('reason')).trim();
    if (isOff && reason === '') return setWhy('Say why, such as: Christmas.');
    setIsBusy(true);
    const trouble = await change(() => isOff ? api.addDayOff(day, reason) : api.setKnownEvent({ day, factor: Number(given.get('factor')), reason }));
    setIsBusy(false);
    setWhy(trouble);
    if (trouble === null) form.reset();
  }

  return (
    <form className="rule-form" aria-label="Another day" onSubmit={(event) => void submit(event)} onChange={() => setWhy(null)}>
      <div className="segments">
        <label><input type="radio" name="day-kind" checked={isOff} onChange={() => setIsOff(true)} /><span>No service</span></label>
        <label><input type="radio" name="day-kind" checked={!isOff} onChange={() => setIsOff(false)} /><span>More or less comes</span></label>
      </div>
      <div className="pair">
        <label>Day<input name="day" type="date" required defaultValue="" min={isOff ? today : undefined} /></label>
        {!isOff && <label>Times the usual<input name="factor" type="number" required min="0.05" max="50" step="any" inputMode="decimal" placeholder="2.5" /></label>}
        <label>Reason<input name="reason" maxLength={LONGEST_REASON} autoComplete="off" required={isOff} placeholder={isOff ? 'Christmas' : 'Midsummer'} /></label>
      </div>
      {why !== null && <p className="trouble" role="alert"><Icon name="warn" size={14} />{why}</p>}
      <button className="button" disabled={isBusy}>{isOff ? 'Add the day off' : 'Add the event'}</button>
    </form>
  );
}
