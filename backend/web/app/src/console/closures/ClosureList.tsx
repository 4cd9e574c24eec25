import { useEffect, useRef, useState } from 'react';
import type { ShutStreet } from '../../api/types';
import { Icon } from '../../ui/icons';
import { useStore } from '../../ui/store';
import { Sign } from './Sign';
import { closures, openAgain, showList, startPointing } from './state';
import { useClosures } from './useClosures';
import { nameOf, whatHolds, whenItHolds, words } from './words';

export function ClosureList({ chosen }: { chosen: number | null }) {
  const { known } = useClosures();
  const trouble = useStore(closures, (each) => each.trouble);
  return (
    <>
      {trouble !== null && <p className="trouble" role="alert"><Icon name="warn" size={14} />{trouble}</p>}
      {known.length === 0
        ? <p className="closures-none muted">{words.none}</p>
        : (
          <ul className="closure-list">
            {known.map((each) => (
              <Entry key={each.closure_id} closure={each} isChosen={each.closure_id === chosen} />
            ))}
          </ul>
        )}
      <button className="link" onClick={startPointing}>{known.length === 0 ? words.close : 'Close another street'}</button>
    </>
  );
}

function Entry({ closure, isChosen }: { closure: ShutStreet; isChosen: boolean }) {
  const { now, zone } = useClosures();
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isChosen) card.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  return (
    <li ref={card} className={isChosen ? 'closure chosen' : 'closure'}>
      <button className="closure-head" aria-pressed={isChosen} onClick={() => showList(closure.closure_id)}>
        <Sign closure={closure} size={26} />
        <span>
          <b>{nameOf(closure)}</b>
          <span>{whatHolds(closure)}, {whenItHolds(closure, zone, now)}</span>
          {closure.reason !== '' && <span className="reason">{closure.reason}</span>}
          {closure.lines.length === 0 && <span className="muted">{words.noMap}</span>}
        </span>
      </button>
      <OpenAgain closure={closure} />
    </li>
  );
}

/** Asks once: a street that is open by mistake sends a truck into a ditch. */
function OpenAgain({ closure }: { closure: ShutStreet }) {
  const [state, setState] = useState<'idle' | 'asking' | 'busy'>('idle');
  const [why, setWhy] = useState<string | null>(null);

  async function open(): Promise<void> {
    setState('busy');
    const trouble = await openAgain(closure.closure_id);
    setWhy(trouble);
    setState('idle');
  }

  if (state === 'idle') {
    return (
      <p className="open-again">
        <button className="link" onClick={() => setState('asking')}>Open again</button>
        {why !== null && <span className="trouble" role="alert">{why}</span>}
      </p>
    );
  }
  return (
    <p className="open-again">
      <button className="button primary" autoFocus disabled={state === 'busy'} onClick={() => void open()}>
        {state === 'busy' ? 'Opening…' : 'Yes, open it'}
      </button>
      <button className="button" disabled={state === 'busy'} onClick={() => setState('idle')}>Keep it closed</button>
    </p>
  );
}
