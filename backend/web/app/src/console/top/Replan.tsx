import { useEffect } from 'react';
import { serviceDay } from '../../time/format';
import { Icon } from '../../ui/icons';
import { useModel } from '../state/model';
import { forgetPlanning, planAgain } from '../state/sync';
import { texts } from '../texts';

const NEWS_MS = 20_000;

/** Ask for a new plan, show how far it has come, and say what it changed. */
export function Replan() {
  const planning = useModel((state) => state.planning);
  const shown = useModel((state) => state.day);
  if (planning?.state === 'running') {
    const isOther = planning.service_day !== shown && planning.service_day !== '';
    const step = isOther ? `${serviceDay(planning.service_day)}: ${planning.step}` : planning.step;
    return <Progress step={step} fraction={planning.fraction} />;
  }
  return (
    <>
      {planning?.state === 'failed' && (
        <span className="chip bad" role="alert" title={planning.step}>{texts.planFailed}</span>
      )}
      {planning?.state === 'saved' && <News words={planning.step} />}
      <button className="button replan" title={texts.planAgainHint} onClick={() => void planAgain()}>
        <Icon name="replan" />{texts.planAgain}
      </button>
    </>
  );
}

function News({ words }: { words: string }) {
  useEffect(() => {
    const timer = setTimeout(forgetPlanning, NEWS_MS);
    return () => clearTimeout(timer);
  }, [words]);
  return (
    <button className="chip accent news" role="status" title={words} onClick={forgetPlanning}>
      <Icon name="check" size={12} /><span className="ellipsis">{words}</span>
    </button>
  );
}

function Progress({ step, fraction }: { step: string; fraction: number }) {
  return (
    <span className="replan progress" role="progressbar" aria-label="Planning"
      aria-valuenow={Math.round(fraction * 100)} aria-valuemin={0} aria-valuemax={100}>
      <span className="progress-done" style={{ width: `${Math.max(4, fraction * 100)}%` }} />
      <span className="progress-step ellipsis">{step}</span>
    </span>
  );
}
