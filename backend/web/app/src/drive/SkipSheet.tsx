import { useState, type FormEvent } from 'react';
import type { Stop } from '../api/types';
import { BottomSheet } from './BottomSheet';
import { markSkipped } from './state/taps';
import { BREAK_SKIP_REASONS, OTHER_MAX_CHARS, SKIP_REASONS, texts, TIP_SKIP_REASONS } from './texts';

const REASONS = { pickup: SKIP_REASONS, tip: TIP_SKIP_REASONS, break: BREAK_SKIP_REASONS } as const;

export function SkipSheet({ stop, onClose }: { stop: Stop; onClose: () => void }) {
  const [isOther, setIsOther] = useState(false);
  const reasons = REASONS[stop.kind];

  function skip(reason: string): void {
    onClose();
    markSkipped(stop, reason);
  }

  return (
    <BottomSheet title={texts.whySkip} onClose={onClose}>
      <div className="choices">
        {reasons.map((reason) => (
          <button key={reason} className="choice-button" onClick={() => skip(reason)}>{reason}</button>
        ))}
        {!isOther && (
          <button className="choice-button" onClick={() => setIsOther(true)}>{texts.other}</button>
        )}
      </div>
      {isOther && <OtherReason onSay={skip} />}
    </BottomSheet>
  );
}

function OtherReason({ onSay }: { onSay: (reason: string) => void }) {
  const [words, setWords] = useState('');
  const said = words.trim();

  function say(event: FormEvent): void {
    event.preventDefault();
    if (said !== '') onSay(`other: ${said}`);
  }

  return (
    <form className="other" onSubmit={say}>
      <input autoFocus value={words} maxLength={OTHER_MAX_CHARS} placeholder={texts.otherHint}
        aria-label={texts.otherHint} onChange={(event) => setWords(event.target.value)} />
      <button className="action primary" disabled={said === ''}>{texts.skip}</button>
    </form>
  );
}
