import { Icon } from '../ui/icons';
import { useStore } from '../ui/store';
import { isLive, listChanges } from './state/day';
import { refusal } from './state/outbox';
import { texts } from './texts';

export function Notices() {
  const live = useStore(isLive, (each) => each);
  const changes = useStore(listChanges, (each) => each);
  const refused = useStore(refusal, (each) => each);
  return (
    <>
      {!live && <p className="notice"><Icon name="cloud" size={18} />{texts.offline}</p>}
      {changes > 0 && (
        <p className="notice news" role="status">
          <Icon name="replan" size={18} />{texts.planChanged(changes)}
          <button aria-label="Dismiss" onClick={() => listChanges.set(0)}><Icon name="close" size={18} /></button>
        </p>
      )}
      {refused && (
        <p className="notice bad" role="alert">
          <Icon name="warn" size={18} />{texts.refused}: {refused.why}
          <button aria-label="Dismiss" onClick={() => refusal.set(null)}><Icon name="close" size={18} /></button>
        </p>
      )}
    </>
  );
}
