import { useState, type FormEvent } from 'react';
import { api } from '../../api/client';
import type { CollectionRule } from '../../api/types';
import { streamName } from '../../fill/streams';
import { Icon } from '../../ui/icons';
import { WeekdayPicker } from '../../ui/WeekdayPicker';
import { useModel } from '../state/model';
import { change } from './state';
import { isSameTarget, KINDS, whatHolds } from './words';

type Kind = CollectionRule['kind'];
const MOST_OFFERED = 40;

interface Asked {
  kind: Kind;
  isBin: boolean;
  stream: string;
  code: string;
  isByWeekday: boolean;
  days: number;
  weekdays: number[];
  factor: number;
}

/** A rule to be set; it takes the place of the one before, and says so. */
export function RuleForm({ known }: { known: readonly CollectionRule[] }) {
  const bins = useModel((state) => state.bins);
  const streams = [...new Set([...bins.values()].map((each) => each.stream))].sort();
  const [asked, setAsked] = useState<Asked>({ kind: 'hygiene', isBin: false, stream: streams[0] ?? '', code: '', isByWeekday: false, days: 14, weekdays: [1], factor: 2 });
  const [why, setWhy] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const rule = toRule(asked);
  const before = known.find((each) => isSameTarget(each, rule));

  function set(fields: Partial<Asked>): void {
    setWhy(null);
    setAsked({ ...asked, ...fields });
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (rule.weekdays?.length === 0) return setWhy('Choose at least one day.');
    setIsBusy(true);
    setWhy(await change(() => api.setCollectionRule(rule)));
    setIsBusy(false);
  }

  return (
    <form className="rule-form" aria-label="Another rule" onSubmit={(event) => void submit(event)}>
      <Choice name="rule-kind" options={Object.entries(KINDS).map(([kind, { title }]) => [kind as Kind, title] as const)} value={asked.kind} choose={(kind) => set({ kind })} />
      <div className="pair">
        <label>For<select value={asked.isBin ? 'bin' : 'stream'} onChange={(event) => set({ isBin: event.target.value === 'bin' })}>
          <option value="stream">A stream</option><option value="bin">One bin</option>
        </select></label>
        {asked.isBin
          ? <label>Code on the bin<input required value={asked.code} list="rule-codes" autoComplete="off" onChange={(event) => set({ code: event.target.value })} /></label>
          : <label>Stream<select value={asked.stream} onChange={(event) => set({ stream: event.target.value })}>{streams.map((each) => <option key={each} value={each}>{streamName(each)}</option>)}</select></label>}
      </div>
      {asked.isBin && <Codes typed={asked.code} />}
      <What asked={asked} set={set} />
      {why !== null && <p className="trouble" role="alert"><Icon name="warn" size={14} />{why}</p>}
      <div className="rule-end">
        <button className="button primary" disabled={isBusy}>{before === undefined ? 'Set the rule' : 'Change the rule'}</button>
        {before !== undefined && <span className="muted">Now {whatHolds(before)}</span>}
      </div>
    </form>
  );
}

function toRule({ kind, isBin, stream, code, isByWeekday, days, weekdays, factor }: Asked): CollectionRule {
  const byWeekday = kind === 'contract' && isByWeekday;
  return {
    kind,
    stream: isBin ? null : stream,
    code: isBin ? code.trim() : null,
    every_days: kind === 'overflow' || byWeekday ? null : days,
    weekdays: byWeekday ? weekdays : null,
    factor: kind === 'overflow' ? factor : null,
  };
}

function What({ asked, set }: { asked: Asked; set: (fields: Partial<Asked>) => void }) {
  const { kind, isByWeekday, days, weekdays, factor } = asked;
  if (kind === 'overflow') {
    return (
      <label className="inline-field">An overflow counts
        <input type="number" required min="0.01" step="any" inputMode="decimal" value={shown(factor)} onChange={(event) => set({ factor: event.target.valueAsNumber })} />
        times the usual
      </label>
    );
  }
  return (
    <>
      {kind === 'contract' && <Choice name="rule-when" options={[[false, 'Every so many days'], [true, 'On weekdays']]} value={isByWeekday} choose={(next) => set({ isByWeekday: next })} />}
      {kind === 'contract' && isByWeekday
        ? <WeekdayPicker label="Emptied on" chosen={weekdays} choose={(next) => set({ weekdays: next })} />
        : (
          <label className="inline-field">Emptied every
            <input type="number" required min="1" max="3650" step="1" inputMode="numeric" value={shown(days)} onChange={(event) => set({ days: event.target.valueAsNumber })} />
            {days === 1 ? 'day' : 'days'}{kind === 'hygiene' && ' at the latest'}
          </label>
        )}
    </>
  );
}

const shown = (value: number) => (Number.isNaN(value) ? '' : value);

/** Codes that hold what is typed; a long list of all of them helps nobody. */
function Codes({ typed }: { typed: string }) {
  const bins = useModel((state) => state.bins);
  const codes = [...bins.values()].map((each) => each.code).filter((each) => each.toLowerCase().includes(typed.trim().toLowerCase()));
  return <datalist id="rule-codes">{codes.slice(0, MOST_OFFERED).map((each) => <option key={each} value={each} />)}</datalist>;
}

interface ChoiceProps<T> {
  name: string;
  options: readonly (readonly [T, string])[];
  value: T;
  choose: (value: T) => void;
}

function Choice<T>({ name, options, value, choose }: ChoiceProps<T>) {
  return (
    <div className="segments">
      {options.map(([key, title]) => (
        <label key={title}><input type="radio" name={name} checked={key === value} onChange={() => choose(key)} /><span>{title}</span></label>
      ))}
    </div>
  );
}
