import { useState, type FormEvent } from 'react';
import type { ClosureRequest } from '../../api/types';
import { calendarDay, DAY_MS } from '../../time/format';
import { Icon } from '../../ui/icons';
import { shut, type Spot } from './state';
import { useClosures } from './useClosures';
import { endOfDay } from './words';

const SIZES = [['weight_t', 'Weight', 't'], ['height_m', 'Height', 'm'], ['width_m', 'Width', 'm']] as const;
const LONGEST_REASON = 200;

/** What shall hold, how long and why. */
export function ShutForm({ spot }: { spot: Spot }) {
  const { now, zone } = useClosures();
  const [isLimited, setIsLimited] = useState(false);
  const [until, setUntil] = useState<Until>('today');
  const [isBusy, setIsBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const sizes = isLimited ? readSizes(given) : {};
    if (isLimited && Object.keys(sizes).length === 0) return setTrouble('Give at least one limit.');
    const day = until === 'today' ? calendarDay(now, zone) : String(given.get('day'));
    const to_at = until === 'notice' ? null : endOfDay(day, zone);
    setIsBusy(true);
    setTrouble(await shut({ ...spot, ...sizes, to_at, reason: String(given.get('reason')).trim() }));
    setIsBusy(false);
  }

  const today = calendarDay(now, zone);
  return (
    <form className="shut-form" onSubmit={(event) => void submit(event)}
      onChange={() => setTrouble(null)}>
      <Choice legend="For whom" name="for" value={isLimited ? 'some' : 'all'} isFirst
        options={[['all', 'All vehicles'], ['some', 'Large ones only']]} choose={(value) => setIsLimited(value === 'some')} />
      {isLimited && (
        <fieldset className="sizes" aria-label="Closed to vehicles above">
          <legend>Closed to vehicles above</legend>
          {SIZES.map(([name, title, unit]) => (
            <label key={name}>{title}
              <span><input name={name} type="number" inputMode="decimal" min="0.1" step="0.1" autoFocus={name === 'weight_t'} />{unit}</span>
            </label>
          ))}
        </fieldset>
      )}
      <Choice legend="Until" name="until" value={until} choose={(value) => setUntil(value as Until)}
        options={[['today', 'End of today'], ['day', 'A day'], ['notice', 'Further notice']]} />
      {until === 'day' && (
        <label className="field">Last day
          <input name="day" type="date" required min={today} defaultValue={calendarDay(now + DAY_MS, zone)} />
        </label>
      )}
      <label className="field">Reason
        <input name="reason" maxLength={LONGEST_REASON} placeholder="Such as: burst water main" autoComplete="off" />
      </label>
      {trouble !== null && <p className="trouble" role="alert"><Icon name="warn" size={14} />{trouble}</p>}
      <button className="button shut-it" disabled={isBusy}>{isBusy ? 'Closing…' : 'Close this stretch'}</button>
    </form>
  );
}

type Until = 'today' | 'day' | 'notice';

function readSizes(given: FormData): Partial<ClosureRequest> {
  const sizes = SIZES.map(([name]) => [name, Number(given.get(name))] as const);
  return Object.fromEntries(sizes.filter(([, size]) => size > 0));
}

interface ChoiceProps {
  legend: string;
  name: string;
  value: string;
  options: readonly (readonly [string, string])[];
  choose: (value: string) => void;
  isFirst?: boolean;
}

function Choice({ legend, name, value, options, choose, isFirst = false }: ChoiceProps) {
  return (
    <fieldset className="choice">
      <legend>{legend}</legend>
      <div>
        {options.map(([key, title], index) => (
          <label key={key}>
            <input type="radio" name={name} checked={key === value} autoFocus={isFirst && index === 0}
              onChange={() => choose(key)} />
            <span>{title}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
