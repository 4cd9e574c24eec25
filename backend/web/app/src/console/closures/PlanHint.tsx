import { Icon } from '../../ui/icons';
import { useStore } from '../../ui/store';
import { planAgain } from '../state/sync';
import { texts } from '../texts';
import { closures, leave } from './state';
import { words } from './words';

/** A closure that no plan knows yet changes nothing on the road. */
export function PlanHint() {
  const isBehind = useStore(closures, (each) => each.isPlanBehind);
  if (!isBehind) return null;
  return (
    <div className="plan-hint">
      <p>{words.planAgain}</p>
      <button className="button primary" title={texts.planAgainHint} onClick={() => { leave(); void planAgain(); }}>
        <Icon name="replan" />{texts.planAgain}
      </button>
    </div>
  );
}
