import type { AnsweredQuestion } from '../../api/types';
import { useNow } from '../../time/clock';
import { Icon } from '../../ui/icons';
import { useModel } from '../state/model';
import { Shown } from './Shown';
import { cancel, isOpen, show, useWhatIf } from './state';
import { nameOf, STATES, words } from './words';

/** What came of the question that is looked at, and the questions before it. */
export function Outcome() {
  const { shown, known, trouble } = useWhatIf();
  return (
    <div className="outcome">
      {trouble !== null && <p className="trouble" role="alert"><Icon name="warn" size={14} />{trouble}</p>}
      {shown === null
        ? known === null ? trouble === null && <div className="outcome-waiting" role="status" aria-label="Loading" /> : <Nothing />
        : <One question={shown} />}
      <Before />
    </div>
  );
}

function Nothing() {
  return (
    <div className="outcome-none">
      <span><Icon name="fork" size={26} /></span>
      <h2>{words.nothing}</h2>
      <p className="muted">{words.nothingHint}</p>
    </div>
  );
}

function One({ question }: { question: AnsweredQuestion }) {
  const { terms } = useWhatIf();
  return (
    <article>
      <h2>{nameOf(question.what_if, terms)}</h2>
      {isOpen(question) && <Progress question={question} />}
      {question.state === 'failed' && <p className="trouble" role="alert"><Icon name="warn" size={14} />{question.error}</p>}
      {question.state === 'cancelled' && <p className="muted" role="status">Cancelled before there was an answer.</p>}
      {question.answer !== null && <Shown answer={question.answer} what={question.what_if} />}
    </article>
  );
}

function Progress({ question: { simulation_id, state, step, fraction } }: { question: AnsweredQuestion }) {
  return (
    <div className="computing">
      <p role="status">{state === 'queued' ? words.waiting : step}…</p>
      <span className="bar" role="progressbar" aria-label="Simulation" aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(fraction * 100)}>
        <span style={{ width: `${Math.max(2, fraction * 100)}%`, background: 'var(--accent)' }} />
      </span>
      <button className="link" onClick={() => void cancel(simulation_id)}>Cancel</button>
    </div>
  );
}

function Before() {
  const { known, shown, terms } = useWhatIf();
  const clock = useModel((state) => state.clock);
  useNow(clock);
  const others = (known ?? []).filter((each) => each.simulation_id !== shown?.simulation_id);
  if (others.length === 0) return null;
  return (
    <section className="before" aria-label="Asked before">
      <h3>Asked before</h3>
      <ul>
        {others.slice(0, 8).map((each) => (
          <li key={each.simulation_id}>
            <button onClick={() => void show(each.simulation_id)}>
              <span className="ellipsis">{nameOf(each.what_if, terms)}</span>
              <span className={each.state === 'failed' ? 'chip bad' : 'chip'}>{STATES[each.state]}</span>
              <Icon name="chevron" size={12} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
