import { useState } from 'react';
import type { Answer, Difference, WhatIf } from '../../api/types';
import { percent, plural, wholeEuros } from '../../ui/quantity';
import { Icon } from '../../ui/icons';
import { selectBin } from '../state/model';
import { toCsv, save } from './csv';
import { ServiceCurve } from './ServiceCurve';
import { showWhatIf } from './state';
import { aimName, ROWS, signed, words } from './words';

/** The answer: before and after, the curve, where a sensor pays, and how it was found. */
export function Shown({ answer, what }: { answer: Answer; what: WhatIf }) {
  return (
    <>
      <div className="answer-pair">
        <Table answer={answer} />
        <ServiceCurve answer={answer} />
      </div>
      {what.with_sensors && <Sensors answer={answer} />}
      <How answer={answer} />
    </>
  );
}

function Table({ answer }: { answer: Answer }) {
  const byName = new Map(answer.differences.map((each) => [each.name, each]));
  const isAsToday = answer.differences.every((each) => each.before === each.after);
  return (
    <table className={isAsToday ? 'differences as-today' : 'differences'}>
      <caption className="sr-only">A mean week today and then</caption>
      <thead><tr><th scope="col">A mean week</th><th scope="col">Today</th><th scope="col">Then</th><th scope="col">Difference</th></tr></thead>
      <tbody>
        {Object.keys(ROWS).map((name) => {
          const found = byName.get(name);
          return found && <FigureRow key={name} difference={found} />;
        })}
      </tbody>
    </table>
  );
}

function FigureRow({ difference: { name, before, after, low, high } }: { difference: Difference }) {
  const row = ROWS[name];
  if (row === undefined) return null;
  const change = after - before;
  const said = signed(row, change);
  // What luck alone may have made is neither better nor worse.
  const isSure = low == null || high == null || low > 0 || high < 0;
  const isBetter = row.isMoreBetter === null || said === '0' || !isSure ? null : change > 0 === row.isMoreBetter;
  return (
    <tr>
      <th scope="row">{row.title}{row.unit && <small> {row.unit}</small>}</th>
      <td>{row.write(before)}</td>
      <td><b>{row.write(after)}</b></td>
      <td className={isBetter === null ? '' : isBetter ? 'better' : 'worse'}>
        {said}
        {low != null && high != null && said !== '0' && <small title="Holds the difference in 95 of 100 cases">{signed(row, low)} to {signed(row, high)}</small>}
      </td>
    </tr>
  );
}

function Sensors({ answer: { sensors } }: { answer: Answer }) {
  const [isAll, setIsAll] = useState(false);
  return (
    <section className="sensors">
      <h3>{words.sensors}</h3>
      {sensors.length === 0 && <p className="muted">At no bin without a sensor would one save anything.</p>}
      <ol>
        {sensors.slice(0, isAll ? undefined : 5).map((each) => (
          <li key={each.code}>
            {each.slot_id < 0 ? <span>{each.code}</span> : <button className="link" onClick={() => { showWhatIf(false); selectBin(each.slot_id); }}>{each.code}</button>}
            <span className="muted ellipsis">{saying(each)}</span>
            <b>{wholeEuros(each.saved_cents)} a year</b>
          </li>
        ))}
      </ol>
      {sensors.length > 5 && !isAll && <button className="link" onClick={() => setIsAll(true)}>Show all {sensors.length}</button>}
    </section>
  );
}

const saying = ({ fill_per_day, rate_doubt }: Answer['sensors'][number]): string =>
  `fills ${percent(fill_per_day)} a day, known to ±${percent(rate_doubt)}`;

function How({ answer }: { answer: Answer }) {
  return (
    <footer className="how muted">
      <p>
        {plural(answer.bins, 'bin')}, {plural(answer.days, 'day')} after {answer.warm_up_days} to settle, {answer.seeds === 1 ? 'once' : `${answer.seeds} times with other luck`}; ways: {answer.roads}.
        {' '}Service level: {aimName(answer.aim_then)}, today {aimName(answer.aim_today)}.
        {answer.notes.map((each) => ` ${each.charAt(0).toUpperCase()}${each.slice(1)}.`)}
      </p>
      <button className="button" onClick={() => save('what-if.csv', toCsv(answer))}><Icon name="tip" size={14} />CSV</button>
    </footer>
  );
}
