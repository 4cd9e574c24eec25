import './chart.css';
import { useEffect, useState } from 'react';
import { api, ApiError } from '../../api/client';
import type { Hours } from '../../api/types';
import { DAY_MS } from '../../time/format';
import { texts } from '../texts';
import { HoursLine } from './HoursLine';
import { YearCalendar } from './YearCalendar';
import { HOUR_MS } from './yearDays';

// A line of more days than this is a saw too fine to be read.
const LONGEST_LINE_MS = 56 * DAY_MS;

/** How a bin filled and was emptied over a year; asked for when somebody wants to see it. */
export function YearChart({ slotId }: { slotId: number }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="chart year" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>A year of fills</summary>
      {isOpen && <Loaded slotId={slotId} />}
    </details>
  );
}

function Loaded({ slotId }: { slotId: number }) {
  const [hours, setHours] = useState<Hours | null>(null);
  const [why, setWhy] = useState<string | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    api.hours(slotId, leaving.signal).then(setHours).catch((error: unknown) => {
      if (error instanceof ApiError) setWhy(error.message);
      else if (!leaving.signal.aborted) throw error;
    });
    return () => leaving.abort();
  }, [slotId]);
  if (why !== null) return <p className="empty" role="alert"><strong>{texts.failed}</strong>{why}</p>;
  if (hours === null) return <div className="year-waiting" role="status" />;
  if (hours.hours.length === 0) return <p className="muted">Nothing was measured in the last year.</p>;
  const spanMs = ((hours.hours.at(-1) ?? 0) - (hours.hours[0] ?? 0)) * HOUR_MS;
  return spanMs > LONGEST_LINE_MS ? <YearCalendar hours={hours} /> : <HoursLine hours={hours} />;
}
