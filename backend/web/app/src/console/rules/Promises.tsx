import { api } from '../../api/client';
import type { CollectionRule } from '../../api/types';
import { Icon } from '../../ui/icons';
import { selectBin, useModel } from '../state/model';
import { RuleForm } from './RuleForm';
import { showRules, takeBack, type Rules } from './state';
import { KINDS, whatHolds, whose, words } from './words';

/** What was promised of streams and of single bins, by kind. */
export function Promises({ known: { collection } }: { known: Rules }) {
  return (
    <section className="rules-part" aria-label="Promises">
      {collection.length === 0 && (
        <div className="rules-none"><b>{words.noRules}</b><p className="muted">{words.noRulesHint}</p></div>
      )}
      {Object.entries(KINDS).map(([kind, { title, hint }]) => {
        const found = collection.filter((each) => each.kind === kind);
        return found.length > 0 && (
          <div key={kind} className="rule-kind">
            <h2>{title} <small className="muted">{hint}</small></h2>
            <ul className="rule-list">{found.map((each) => <Row key={whose(each)} rule={each} />)}</ul>
          </div>
        );
      })}
      <RuleForm known={collection} />
    </section>
  );
}

function Row({ rule }: { rule: CollectionRule }) {
  const slotId = useModel((state) => [...state.bins.values()].find((each) => each.code === rule.code)?.slot_id ?? null);
  const what = `${KINDS[rule.kind].title}, ${whose(rule)}, ${whatHolds(rule)}`;

  function look(): void {
    showRules(false);
    selectBin(slotId);
  }

  return (
    <li>
      <span>
        {slotId === null ? <b>{whose(rule)}</b> : <button className="link" title="Show it on the map" onClick={look}>{whose(rule)}</button>}
        <span className="muted">{whatHolds(rule)}</span>
      </span>
      <button className="icon-button" aria-label={`Take back: ${what}`} onClick={() => void takeBack(() => api.removeCollectionRule(rule), { what, redo: () => api.setCollectionRule(rule) })}>
        <Icon name="close" size={14} />
      </button>
    </li>
  );
}
