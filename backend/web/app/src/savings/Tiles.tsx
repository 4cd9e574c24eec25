import type { Saving } from '../api/types';
import { Bar } from '../ui/Bar';
import { change, METRICS, type Metric } from './metrics';

interface TilesProps {
  saving: Saving;
  chosen: Metric;
  onChoose: (metric: Metric) => void;
}

/** What was saved of each thing; a tile chooses what the bars below show. */
export function Tiles({ saving, chosen, onChoose }: TilesProps) {
  return (
    <section className="tiles" aria-label="Saved">
      {METRICS.map((each) => (
        <button key={each.key} className="tile" aria-pressed={each === chosen} onClick={() => onChoose(each)}>
          <Tile metric={each} fixed={each.of(saving.fixed)} driven={each.of(saving.driven)} />
        </button>
      ))}
    </section>
  );
}

function Tile({ metric, fixed, driven }: { metric: Metric; fixed: number | null; driven: number | null }) {
  if (fixed === null || driven === null) {
    return (
      <>
        <span className="tile-name">{metric.name}</span>
        <span className="tile-number">?</span>
        <span className="tile-hint">a vehicle has no factor</span>
      </>
    );
  }
  const whole = Math.max(fixed, driven, 1e-9);
  const isWorse = driven > fixed;
  const share = change(fixed, driven);
  return (
    <>
      <span className="tile-name">{metric.name}{share !== null && <b className={isWorse ? 'chip warn' : 'chip accent'}>{share}</b>}</span>
      <span className="tile-number">{metric.write(Math.abs(fixed - driven))}</span>
      <span className="tile-hint">{fixed + driven === 0 ? 'none on either side' : isWorse ? 'more than on fixed rounds' : 'saved'}</span>
      <span className="tile-sides">
        <span>Fixed rounds</span><span>{metric.write(fixed)}</span>
        <Bar parts={[{ fraction: fixed / whole, colour: 'var(--ink-3)' }]} label={`Fixed rounds ${metric.write(fixed)}`} />
        <span>Driven</span><span>{metric.write(driven)}</span>
        <Bar parts={[{ fraction: driven / whole, colour: 'var(--accent)' }]} label={`Driven ${metric.write(driven)}`} />
      </span>
    </>
  );
}
