import { api } from '../../api/client';
import type { DayOff, KnownEvent } from '../../api/types';
import { calendarDay, serviceDay } from '../../time/format';
import { useNow } from '../../time/clock';
import { Icon } from '../../ui/icons';
import { useModel } from '../state/model';
import { DayForm } from './DayForm';
import { takeBack, type Rules } from './state';
import { times, words } from './words';

type Entry = { off: DayOff; event?: undefined } | { event: KnownEvent; off?: undefined };
const dayOf = ({ off, event }: Entry): string => (off ?? event)?.day ?? '';

/** Days that differ from others: off, or with more or less than usual. */
export function Days({ known }: { known: Rules }) {
  const clock = useModel((state) => state.clock);
  const today = calendarDay(useNow(clock), clock.zone);
  const entries: Entry[] = [...known.service.days_off.map((off) => ({ off })), ...known.events.map((event) => ({ event }))];
  entries.sort((one, other) => dayOf(one).localeCompare(dayOf(other)));
  const toCome = entries.filter((each) => dayOf(each) >= today);
  const past = entries.filter((each) => dayOf(each) < today).reverse();
  return (
    <section className="rules-part" aria-label="Days that differ">
      <h2>Days that differ</h2>
      {toCome.length === 0 && <p className="muted">{past.length === 0 ? words.noDays : 'None to come.'}</p>}
      <List entries={toCome} today={today} />
      {past.length > 0 && (
        <details className="past"><summary>{past.length} past</summary><List entries={past} today={today} /></details>
      )}
      <DayForm today={today} />
    </section>
  );
}

function List({ entries, today }: { entries: readonly Entry[]; today: string }) {
  return <ul className="rule-list">{entries.map((each) => <Row key={`${each.off ? 'off' : 'event'} ${dayOf(each)}`} entry={each} today={today} />)}</ul>;
}

function Row({ entry, today }: { entry: Entry; today: string }) {
  const { off, event } = entry;
  const day = dayOf(entry);
  const year = day.slice(0, 4);
  const name = `${serviceDay(day)}${year === today.slice(0, 4) ? '' : ` ${year}`}`;
  const what = off ? 'no service' : times(event.factor);
  const reason = (off ?? event).reason;

  const remove = () => off
    ? takeBack(() => api.removeDayOff(day), { what: `${name}, ${what}`, redo: () => api.addDayOff(day, off.reason) })
    : takeBack(() => api.removeKnownEvent(day), { what: `${name}, ${what}`, redo: () => api.setKnownEvent(event) });

  return (
    <li>
      <span><b>{name}</b><span className="muted ellipsis">{reason === '' ? what : `${what}: ${reason}`}</span></span>
      <button className="icon-button" aria-label={`Take back ${name}, ${what}`} onClick={() => void remove()}><Icon name="close" size={14} /></button>
    </li>
  );
}
