import './chart.css';
import './backtest.css';
import { useEffect, useState } from 'react';
import { api, ApiError } from '../../api/client';
import type { Backtest } from '../../api/types';
import { dayName } from '../../time/format';
import { percent, plural } from '../../ui/quantity';
import { useModel } from '../state/model';
import { texts } from '../texts';
import { BacktestChart } from './BacktestChart';

/** What was foreseen for a bin a day ahead, and what came; asked for when somebody wants to see it. */
export function BacktestCard({ slotId }: { slotId: number }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="chart year backtest" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>What was said, what came</summary>
      {isOpen && <Loaded slotId={slotId} />}
    </details>
  );
}

function Loaded({ slotId }: { slotId: number }) {
  const [judged, setJudged] = useState<Backtest | null>(null);
  const [why, setWhy] = useState<string | null>(null);
  const planId = useModel((state) => state.overview.plan?.plan_id);
  useEffect(() => {
    const leaving = new AbortController();
    api.backtest(slotId, leaving.signal).then(setJudged).catch((error: unknown) => {
      if (error instanceof ApiError) setWhy(error.message);
      else if (!leaving.signal.aborted) throw error;
    });
    return () => leaving.abort();
  }, [slotId, planId]);
  if (why !== null && judged === null) return <p className="empty" role="alert"><strong>{texts.failed}</strong>{why}</p>;
  if (judged === null) return <div className="year-waiting" role="status" aria-label="Judging the forecasts" />;
  if (judged.points.length === 0) return <p className="muted">{texts.nothingJudged}</p>;
  return (
    <>
      <Verdict judged={judged} />
      <BacktestChart points={judged.points} />
      <Basis judged={judged} />
    </>
  );
}

const RIGHT_SHARE = 0.8;

/** The forecast's record in two sentences. */
function Verdict({ judged: { points, mean_error, within_share } }: { judged: Backtest }) {
  const within = Math.round((within_share ?? 0) * points.length);
  const isWide = (within_share ?? 0) >= RIGHT_SHARE || points.length < 5;
  return (
    <dl className="backtest-verdict">
      <div>
        <dt>Off by</dt>
        <dd>{percent(mean_error ?? 0)}</dd>
        <dd className="muted">of the bin, on average, a day ahead</dd>
      </div>
      <div className={isWide ? '' : 'warn'}>
        <dt>Within what was said</dt>
        <dd>{within}<small> of {points.length}</small></dd>
        <dd className="muted">{isWide ? 'nine of ten would be right' : 'it should be nine of ten: it is too sure of itself'}</dd>
      </div>
    </dl>
  );
}

function Basis({ judged: { points } }: { judged: Backtest }) {
  const zone = useModel((state) => state.clock.zone);
  const kept = points.filter((each) => each.is_kept).length;
  const first = points[0];
  const since = first === undefined ? '' : ` since ${dayName(first.for_at, zone)}`;
  const said = kept === 0
    ? `${plural(points.length, 'forecast')}${since}, computed afterwards from what was known each morning.`
    : kept === points.length
    ? `${plural(kept, 'forecast')}${since}, as ${kept === 1 ? 'it was' : 'they were'} made when the day was planned.`
    : `${plural(points.length, 'forecast')}${since}: ${kept} as made when a day was planned, the others computed afterwards from what was known then.`;
  return <p className="basis muted">{said}</p>;
}
