import { useState } from 'react';
import { hasPlace } from '../api/placed';
import { Icon } from '../ui/icons';
import { NavigateSheet } from './NavigateSheet';
import { SkipSheet } from './SkipSheet';
import { UndoBar } from './UndoBar';
import type { ListedStop } from './state/list';
import { markDone } from './state/taps';
import { texts } from './texts';
import { useSettled } from './useSettled';

const DONE = { pickup: texts.done, tip: texts.tipped, break: texts.rested } as const;
const LEVELS = [0, 0.25, 0.5, 0.75, 1] as const;

/** What can be done at a stop, in reach of a thumb with a glove on. */
export function ActionBar({ stop }: { stop: ListedStop }) {
  const [sheet, setSheet] = useState<'navigate' | 'skip' | null>(null);
  const [fill, setFill] = useState<number | null>(null);
  const close = () => setSheet(null);
  const isSettled = useSettled(sheet);
  return (
    <footer className="actions">
      <UndoBar />
      {stop.kind === 'pickup' && <FillLevels fill={fill} onChange={setFill} />}
      <div className={hasPlace(stop) ? 'action-row' : 'action-row without-place'}>
        {hasPlace(stop) && (
          <button className="action" onClick={() => setSheet('navigate')}>
            <Icon name="navigate" size={22} />{texts.navigate}
          </button>
        )}
        <button className="action" onClick={() => setSheet('skip')}>
          <Icon name="skip" size={22} />{texts.skip}
        </button>
        <button className="action primary" disabled={!isSettled} onClick={() => markDone(stop, fill)}>
          <Icon name="check" size={26} />{DONE[stop.kind]}
        </button>
      </div>
      {sheet === 'navigate' && hasPlace(stop) && <NavigateSheet stop={stop} onClose={close} />}
      {sheet === 'skip' && <SkipSheet stop={stop} onClose={close} />}
    </footer>
  );
}

interface FillLevelsProps {
  fill: number | null;
  onChange: (fill: number | null) => void;
}

function FillLevels({ fill, onChange }: FillLevelsProps) {
  return (
    <div className="levels" role="group" aria-label={texts.howFull}>
      <span>{texts.howFull}</span>
      {LEVELS.map((level) => (
        <button key={level} aria-pressed={fill === level}
          onClick={() => onChange(fill === level ? null : level)}>
          {level * 100}<small> %</small>
        </button>
      ))}
    </div>
  );
}
