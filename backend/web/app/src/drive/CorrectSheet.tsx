import { useState } from 'react';
import { BottomSheet } from './BottomSheet';
import { SkipSheet } from './SkipSheet';
import type { ListedStop } from './state/list';
import { markDone, reopen } from './state/taps';
import { texts } from './texts';

/** Say something else about a stop that was ended; the last word counts. */
export function CorrectSheet({ stop, onClose }: { stop: ListedStop; onClose: () => void }) {
  const [isSkipping, setIsSkipping] = useState(false);
  if (isSkipping) return <SkipSheet stop={stop} onClose={onClose} />;

  function answer(act: () => void): void {
    onClose();
    act();
  }

  return (
    <BottomSheet title={texts.correctTitle} onClose={onClose}>
      <p className="muted">{stop.address ?? stop.name}</p>
      <div className="choices">
        {stop.status === 'skipped' && (
          <button className="choice-button" onClick={() => answer(() => markDone(stop, null))}>{texts.doneAfterAll}</button>
        )}
        <button className="choice-button" onClick={() => answer(() => reopen(stop))}>{texts.stillToDo}</button>
        <button className="choice-button" onClick={() => setIsSkipping(true)}>{texts.wasSkipped}</button>
      </div>
    </BottomSheet>
  );
}
