import type { Alarm } from '../../api/types';
import { Icon } from '../../ui/icons';
import { useEscape } from '../../ui/useEscape';
import { selectBin, useSelection } from '../state/model';
import { BUTTON_ID } from './AlarmButton';
import { AlarmWords } from './AlarmWords';
import { loadAlarms, showAlarms, useAlarms } from './state';

const PHONE = matchMedia('(max-width: 760px)');

/** What is wrong now, the gravest first. */
export function AlarmPanel() {
  const { isShown } = useAlarms();
  return isShown ? <Panel /> : null;
}

function Panel() {
  const { known, trouble } = useAlarms();
  useEscape(leave);
  return (
    <section className="panel alarms" aria-label="Alarms">
      <header>
        <h2>Alarms</h2>
        <button className="icon-button" aria-label="Close the alarms" onClick={() => showAlarms(false)}>
          <Icon name="close" />
        </button>
      </header>
      {trouble !== null && (
        <p className="alarms-trouble" role="alert">
          <Icon name="warn" size={14} />{trouble}
          <button className="link" onClick={() => void loadAlarms()}>Try again</button>
        </p>
      )}
      <List known={known} />
    </section>
  );
}

function List({ known }: { known: readonly Alarm[] | null }) {
  if (known === null) return <p className="muted" role="status">Loading alarms…</p>;
  if (known.length === 0) return <Nothing />;
  return <ul className="alarm-list">{known.map((each) => <Entry key={each.alarm_id} alarm={each} />)}</ul>;
}

function Nothing() {
  return (
    <div className="alarms-none" role="status">
      <span><Icon name="check" size={22} /></span>
      <p><b>No alarms</b>Nothing burns, overflows, lies on its side or has fallen silent.</p>
    </div>
  );
}

function Entry({ alarm }: { alarm: Alarm }) {
  const { slotId } = useSelection();
  const { slot_id } = alarm;

  function choose(): void {
    selectBin(slot_id);
    // There is no room for both.
    if (PHONE.matches) showAlarms(false);
  }

  const isChosen = slot_id !== null && slot_id === slotId;
  return (
    <li className={isChosen ? 'alarm chosen' : 'alarm'}>
      <AlarmWords alarm={alarm} onChoose={slot_id === null ? undefined : choose} withPlace />
    </li>
  );
}

/** The list alone, whatever else is open. */
function leave(): void {
  showAlarms(false);
  document.getElementById(BUTTON_ID)?.focus({ preventScroll: true });
}
