import './alarms.css';
import { Icon } from '../../ui/icons';
import { plural } from '../../ui/quantity';
import { leave } from '../closures/state';
import { showAlarms, useAlarms } from './state';

export const BUTTON_ID = 'alarms-button';
const MOST = 99;

/** How many alarms are open; the way to the list of them. */
export function AlarmButton() {
  const { known, isShown } = useAlarms();
  const open = known ?? [];
  const isCritical = open.some((each) => each.severity === 'critical' && each.acknowledged_at === null);
  const label = open.length === 0 ? 'No alarms' : plural(open.length, 'alarm');

  function toggle(): void {
    leave();
    showAlarms(!isShown);
  }

  return (
    <button id={BUTTON_ID} className={isCritical ? 'icon-button bell critical' : 'icon-button bell'}
      aria-label={label} title={label} aria-expanded={isShown} onClick={toggle}>
      <Icon name="bell" />
      {open.length > 0 && <b>{open.length > MOST ? `${MOST}+` : open.length}</b>}
    </button>
  );
}
