import { about, isEstimate } from '../../api/estimate';
import type { Run } from '../../api/types';
import { hours } from '../../time/format';
import { count, distance, plural, wholeEuros } from '../../ui/quantity';
import { useModel } from '../state/model';
import { ClosuresChip } from '../closures/ClosuresChip';
import { texts } from '../texts';

const sum = (runs: readonly Run[], pick: (run: Run) => number) =>
  runs.reduce((total, run) => total + pick(run), 0);

/** The day in four numbers, and what is wrong with it. */
export function PlanSummary() {
  const newest = useModel((state) => state.overview.plan);
  const shown = useModel((state) => state.day);
  const plan = newest?.service_day === shown ? newest : null;
  const runs = useModel((state) => state.runs);
  if (newest === null) {
    return <p className="empty"><strong>{texts.noPlan}</strong>{texts.noPlanHint} <ClosuresChip /></p>;
  }
  const isGuess = runs.some(isEstimate);
  const ended = sum(runs, (run) => run.done_count + run.skipped_count);
  return (
    <section className="summary" aria-label="The plan">
      <dl>
        <div><dt>Stops</dt><dd>{ended}<small>/{sum(runs, (run) => run.pickup_count)}</small></dd></div>
        <div><dt>Distance</dt><dd>{about(distance(sum(runs, (run) => run.distance_m)), isGuess)}</dd></div>
        <div><dt>Driving</dt><dd>{about(hours(sum(runs, (run) => run.drive_s)), isGuess)}</dd></div>
        {plan && <div><dt>Cost</dt><dd>{about(wholeEuros(plan.cost_cents), isGuess)}</dd></div>}
      </dl>
      <p className="summary-note">
        {plan && <span>{count(plan.left_count)} bins can wait</span>}
        {plan && plan.unserved_count > 0 && (
          <span className="chip bad">{plural(plan.unserved_count, 'bin')} not served</span>
        )}
        <ClosuresChip />
        <RejectedCount />
      </p>
      {isGuess && <p className="summary-guess">{texts.estimate}</p>}
    </section>
  );
}

function RejectedCount() {
  const rejected = useModel((state) => state.overview.rejected_count);
  if (rejected === 0) return null;
  return <span className="chip warn">{plural(rejected, 'message')} rejected</span>;
}
