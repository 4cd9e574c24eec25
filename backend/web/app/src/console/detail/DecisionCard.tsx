import { about, isEstimate } from '../../api/estimate';
import type { Bin, Decision } from '../../api/types';
import { calendarDay, clockTime, serviceDay } from '../../time/format';
import { Bar } from '../../ui/Bar';
import { Icon } from '../../ui/icons';
import { euros } from '../../ui/quantity';
import { showList } from '../closures/state';
import { runColour, selectRun, useModel, type ConsoleState } from '../state/model';
import { placements } from '../state/placement';
import { outcomeTitle, texts, whySentence } from '../texts';
import { wouldFit } from './wouldFit';

/** Why the bin is in the plan or is not, in words and in money. */
export function DecisionCard({ decision, bin }: { decision: Decision | null; bin: Bin }) {
  const planName = useModel(newestPlanName);
  if (decision === null) return <p className="decision muted">{texts.notAsked}</p>;
  return (
    <section className={`decision ${decision.outcome}`} aria-label="Decision">
      <h3>
        {outcomeTitle(decision.outcome, planName)}
        {decision.is_mandatory && <span className="chip bad">must go</span>}
      </h3>
      <p>{whySentence(decision)}</p>
      {decision.outcome === 'unreachable'
        ? <ClosedStreets why={decision.why} />
        : !decision.is_mandatory && <Worth decision={decision} />}
      <Counted words={decision.counted ?? []} />
      <WouldFit decision={decision} />
      <StopLink bin={bin} />
    </section>
  );
}

/** Decisions belong to the newest plan, which may be tomorrow's. */
function newestPlanName({ overview: { organisation, plan } }: ConsoleState): string {
  const today = calendarDay(organisation.now, organisation.time_zone);
  return plan && plan.service_day !== today ? `the plan for ${serviceDay(plan.service_day)}` : 'today’s plan';
}

/** What emptying is worth against what the detour costs, on one scale. */
function Worth({ decision: { prize_cents: prize, detour_cents: detour } }: { decision: Decision }) {
  const whole = Math.max(1, prize, detour ?? 0);
  return (
    <dl className="worth">
      <WorthRow name="Emptying is worth" cents={prize} whole={whole} colour="var(--accent)" />
      {detour !== null && <WorthRow name="The detour costs" cents={detour} whole={whole} colour="var(--ink-3)" />}
    </dl>
  );
}

/** Who closed the street may know when it opens, or that it has. */
function ClosedStreets({ why }: { why: string }) {
  if (!/ is closed(:|;|$)/.test(why)) return null;
  return <button className="button closed-streets" onClick={() => showList()}>{texts.showClosures}</button>;
}

/** What counted beside the forecast: rules, complaints, neighbours, a sensor that is not trusted. */
function Counted({ words }: { words: readonly string[] }) {
  if (words.length === 0) return null;
  return <ul className="counted" aria-label="What counted">{words.map((each) => <li key={each}>{each}</li>)}</ul>;
}

/** What would have to give way for a bin that no run had room for. */
function WouldFit({ decision }: { decision: Decision }) {
  const words = wouldFit(decision);
  return words === null ? null : <p className="would-fit"><Icon name="truck" size={14} />{words}</p>;
}

interface WorthRowProps {
  name: string;
  cents: number;
  whole: number;
  colour: string;
}

function WorthRow({ name, cents, whole, colour }: WorthRowProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{euros(cents)}</dd>
      <Bar parts={[{ fraction: cents / whole, colour }]} label={`${name} ${euros(cents)}`} />
    </div>
  );
}

function StopLink({ bin }: { bin: Bin }) {
  const placed = useModel((state) => placements(state).get(bin.slot_id));
  const run = useModel((state) => state.runs[placed?.runIndex ?? -1]);
  const zone = useModel((state) => state.clock.zone);
  if (run === undefined || placed === undefined) return null;
  const { stop, runIndex } = placed;
  return (
    <button className="stop-link" onClick={() => selectRun(run.run_id)}>
      <i style={{ background: runColour(runIndex) }} />
      <span className="ellipsis">Stop {stop.position}, {run.vehicle}</span>
      <span className="muted">{stop.status === 'planned' ? about(clockTime(stop.arrive_at, zone), isEstimate(run)) : stop.status}</span>
      <Icon name="arrow" size={13} />
    </button>
  );
}
