import { useEffect } from 'react';
import { Icon } from '../ui/icons';
import { useStore } from '../ui/store';
import { lastTap, undoLast } from './state/taps';
import { texts } from './texts';

const SHOWN_MS = 8000;

/** For a while after a tap: what was said, and the way back. */
export function UndoBar() {
  const last = useStore(lastTap, (each) => each);
  useEffect(() => {
    if (last === null) return;
    const timer = setTimeout(() => lastTap.set(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [last]);
  if (last === null) return null;
  return (
    <div className="undo" role="status">
      <span className="ellipsis">{last.stop.address ?? last.stop.name}: <b>{last.outcome}</b></span>
      <button onClick={undoLast}><Icon name="undo" size={18} />{texts.undo}</button>
    </div>
  );
}
