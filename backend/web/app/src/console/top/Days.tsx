import { calendarDay, serviceDay } from '../../time/format';
import { useModel } from '../state/model';
import { showDay } from '../state/sync';

/** The service day that is shown, and the way to today or to the newest plan. */
export function Days() {
  const { organisation, plan } = useModel((state) => state.overview);
  const shown = useModel((state) => state.day);
  if (shown === null) return null;
  const today = calendarDay(organisation.now, organisation.time_zone);
  const newest = plan?.service_day ?? shown;
  if (newest <= today) return <span className="day">Plan for <b>{serviceDay(shown)}</b></span>;
  return (
    <span className="days" role="group" aria-label="Service day">
      {[...new Set([today, newest])].map((day) => (
        <button key={day} aria-pressed={day === shown} onClick={() => showDay(day)}>
          {day === today ? 'Today' : serviceDay(day)}
        </button>
      ))}
    </span>
  );
}
