import { Icon } from '../../ui/icons';
import { isOpen, showWhatIf, useWhatIf } from './state';
import { words } from './words';

/** Where the focus goes when the page is left. */
export const BUTTON_ID = 'what-if-button';

export function WhatIfButton() {
  const { isShown, known } = useWhatIf();
  const isBusy = (known ?? []).some(isOpen);
  return (
    <button id={BUTTON_ID} className="button what-if-button" aria-expanded={isShown} aria-label={words.title}
      title="Try other trucks, depots, bins and service levels" onClick={() => showWhatIf(!isShown)}>
      <Icon name="fork" /><span>{words.title}</span>{isBusy && <i aria-label="computing" />}
    </button>
  );
}
