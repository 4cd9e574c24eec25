import './closures.css';
import { Icon } from '../../ui/icons';
import { leave, startPointing, usePanel } from './state';
import { words } from './words';

/** Where the focus goes when the panel is left. */
export const START_ID = 'close-a-street';

/** The way in: from here on the map is for pointing at streets. */
export function CloseStreet() {
  const { step } = usePanel();
  const isOn = step === 'pointing' || step === 'asking';
  return (
    <button id={START_ID} className="map-button" aria-pressed={isOn} onClick={isOn ? leave : startPointing}>
      <Icon name="noEntry" size={14} /><span>{words.close}</span>
    </button>
  );
}
