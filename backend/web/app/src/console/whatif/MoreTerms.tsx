import { useState } from 'react';
import { percent, plural } from '../../ui/quantity';
import { weekdayNames, WeekdayPicker } from '../../ui/WeekdayPicker';
import { BinsFromFile } from './BinsFromFile';
import { changeDraft, useWhatIf, type Draft } from './state';
import { TodayOr } from './TodayOr';

const USUAL_MUST_GO_PCT = 30;
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

/** What is asked more rarely; closed, it says what of it is otherwise than today. */
export function MoreTerms() {
  const { draft } = useWhatIf();
  const said = inWords(draft);
  const [isOpen, setIsOpen] = useState(said !== '');
  return (
    <details className="more-terms" open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary><b>More</b><span className={said === '' ? 'muted ellipsis' : 'ellipsis'}>{said === '' ? 'days, must-go limit, bins from a file' : said}</span></summary>
      <div>
        <Days />
        <MustGo />
        <BinsFromFile />
      </div>
    </details>
  );
}

function inWords({ weekdays, mustGoPct, file }: Draft): string {
  return [
    ...(weekdays === null ? [] : [`${plural(weekdays.length, 'day')} a week`]),
    ...(mustGoPct === null ? [] : [`must go from ${mustGoPct} %`]),
    ...(file === null ? [] : [plural(file.bins.length, 'bin')]),
  ].join(', ');
}

// The simulation counts from 0, the rest of the world from 1.
const toIso = (weekdays: readonly number[]): number[] => weekdays.map((each) => each + 1);

function Days() {
  const { draft: { weekdays }, terms } = useWhatIf();
  const today = terms?.weekdays ?? EVERY_DAY;

  function choose(iso: readonly number[]): void {
    const next = iso.map((each) => each - 1);
    changeDraft({ weekdays: next.join() === today.join() ? null : next });
  }

  return (
    <fieldset>
      <legend>Days with trucks</legend>
      <WeekdayPicker label="Days with trucks" chosen={toIso(weekdays ?? today)} choose={choose} />
      <p className={weekdays?.length === 0 ? 'trouble hint' : 'muted hint'}>
        {weekdays === null ? 'As today.' : weekdays.length === 0 ? 'Choose at least one day.' : <>Today {weekdayNames(toIso(today))}. <button type="button" className="link" onClick={() => changeDraft({ weekdays: null })}>As today</button></>}
      </p>
    </fieldset>
  );
}

function MustGo() {
  const { draft: { mustGoPct }, terms } = useWhatIf();
  return (
    <TodayOr name="must-go" legend="A bin must be emptied" today={terms === null ? null : `from ${percent(terms.must_go_probability)}`} other="From …"
      value={mustGoPct} usual={USUAL_MUST_GO_PCT} limits={{ min: 1, max: 100, step: 1 }} unit="% likely to overflow before its next chance"
      change={(value) => changeDraft({ mustGoPct: value })}>
      <p className="muted hint">From there on a bin goes, whatever the detour costs; below, where it pays.</p>
    </TodayOr>
  );
}
