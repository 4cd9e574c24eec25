import './rules.css';
import { Icon } from '../../ui/icons';
import { useEscape } from '../../ui/useEscape';
import { useStore } from '../../ui/store';
import { isLive } from '../state/model';
import { planAgain } from '../state/sync';
import { texts } from '../texts';
import { Days } from './Days';
import { Promises } from './Promises';
import { BUTTON_ID } from './RulesButton';
import { Service } from './Service';
import { change, loadRules, rules, showRules, useRules, type Rules } from './state';
import { words } from './words';

/** What was promised and what is known of the days to come: to be seen, added, taken back. */
export function RulesPanel() {
  const { isShown } = useRules();
  return isShown ? <Panel /> : null;
}

function leave(): void {
  showRules(false);
  document.getElementById(BUTTON_ID)?.focus({ preventScroll: true });
}

function Panel() {
  const { known, trouble } = useRules();
  const live = useStore(isLive, (each) => each);
  useEscape(leave);
  return (
    <section className="panel rules" aria-label={words.title}>
      <header>
        <h1>{words.title}</h1>
        <p className="muted">{words.intro}</p>
        <button className="icon-button" aria-label="Close the rules" onClick={leave}><Icon name="close" /></button>
      </header>
      <div className="rules-body">
        {!live && known !== null && <p className="rules-stale" role="status"><Icon name="cloud" size={14} />{words.stale}</p>}
        {trouble !== null && (
          <p className="trouble" role="alert"><Icon name="warn" size={14} />{trouble}
            <button className="link" onClick={() => void loadRules()}>{texts.retry}</button>
          </p>
        )}
        {known === null
          ? trouble === null && <div className="rules-waiting" role="status" aria-label="Loading the rules" />
          : <Parts known={known} />}
      </div>
      <After />
    </section>
  );
}

function Parts({ known }: { known: Rules }) {
  return (
    <div className="rules-parts">
      <Promises known={known} />
      <div>
        <Service known={known} />
        <Days known={known} />
      </div>
    </div>
  );
}

/** What was just done, and what is left to do for it to count. */
function After() {
  const { undo, isPlanBehind } = useRules();
  if (undo === null && !isPlanBehind) return null;

  function plan(): void {
    rules.set({ ...rules.get(), isPlanBehind: false });
    leave();
    void planAgain();
  }

  return (
    <footer>
      {undo !== null && (
        <p role="status"><span className="ellipsis">Taken back: {undo.what}</span><button className="link" onClick={() => void change(undo.redo)}>Undo</button></p>
      )}
      {isPlanBehind && <p><span className="muted">{words.planAgain}</span><button className="button" title={texts.planAgainHint} onClick={plan}><Icon name="replan" size={14} />{texts.planAgain}</button></p>}
    </footer>
  );
}
