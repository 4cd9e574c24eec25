import './alarms.css';
import { AlarmWords } from './AlarmWords';
import { useAlarms } from './state';

/** What is wrong with one bin, at the head of its card. */
export function BinAlarms({ slotId }: { slotId: number }) {
  const { known } = useAlarms();
  const own = (known ?? []).filter((each) => each.slot_id === slotId);
  if (own.length === 0) return null;
  return (
    <ul className="alarm-list bin-alarms" aria-label="Alarms of this bin">
      {own.map((each) => (
        <li key={each.alarm_id} className={`alarm ${each.severity}`}><AlarmWords alarm={each} /></li>
      ))}
    </ul>
  );
}
