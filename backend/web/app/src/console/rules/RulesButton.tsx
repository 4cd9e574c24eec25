import { Icon } from '../../ui/icons';
import { showRules, useRules } from './state';
import { words } from './words';

/** Where the focus goes when the panel is left. */
export const BUTTON_ID = 'rules-button';

export function RulesButton() {
  const { isShown } = useRules();
  return (
    <button id={BUTTON_ID} className="icon-button rules-button" aria-expanded={isShown} aria-label={words.title} title="Rules, service days and known events"
      onClick={() => showRules(!isShown)}>
      <Icon name="rules" />
    </button>
  );
}
