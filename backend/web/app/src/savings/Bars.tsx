import type { Metric } from './metrics';

export interface BarGroup {
  key: string;
  name: string;
  fixed: number | null;
  driven: number | null;
}

interface BarsProps {
  title: string;
  groups: readonly BarGroup[];
  metric: Metric;
}

const WIDTH = 760;
const HEIGHT = 180;
const TOP = 14;
const FLOOR = 154;
const LEFT = 62;
const LEAST_GROUPS = 12;
// Shares of a group's width: a bar, and the gap between two.
const BAR = 0.3;
const GAP = 0.05;
// Names of so many groups fit beside each other.
const MOST_NAMES = 16;

/** Two bars for each day or month: the fixed rounds, and what was driven. */
export function Bars({ title, groups, metric }: BarsProps) {
  const highest = Math.max(0, ...groups.flatMap((each) => [each.fixed ?? 0, each.driven ?? 0]));
  return (
    <figure className="bars">
      <figcaption>
        <h2>{title}</h2>
        <span className="muted">{metric.hint}</span>
        <ul className="bars-key"><li><i />Fixed rounds</li><li><i className="driven" />Driven</li></ul>
      </figcaption>
      {highest === 0
        ? <p className="bars-none">None, on either side.</p>
        : <Picture title={title} groups={groups} metric={metric} highest={nice(highest)} />}
    </figure>
  );
}

function Picture({ title, groups, metric, highest }: BarsProps & { highest: number }) {
  const group = (WIDTH - LEFT) / Math.max(LEAST_GROUPS, groups.length);
  const y = (value: number | null) => FLOOR - (FLOOR - TOP) * ((value ?? 0) / highest);
  const bar = (value: number | null) => ({ y: y(value), width: group * BAR, height: FLOOR - y(value), rx: 1.5 });
  const every = Math.ceil(groups.length / MOST_NAMES);
  return (
    <div className="bars-scroll">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${title}: ${groups.length} of each`}>
        {[0, 0.5, 1].map((share) => (
          <g key={share} className="bars-grid">
            <line x1={LEFT} x2={WIDTH} y1={y(share * highest)} y2={y(share * highest)} />
            <text x={LEFT - 6} y={y(share * highest) + 3.5} textAnchor="end">{metric.write(share * highest)}</text>
          </g>
        ))}
        {groups.map((each, index) => (
          <g key={each.key} className="bars-group" transform={`translate(${LEFT + group * (index + 0.5)} 0)`}>
            <title>{`${each.key}: fixed rounds ${say(each.fixed, metric)}, driven ${say(each.driven, metric)}`}</title>
            <rect x={-group * (BAR + GAP / 2)} {...bar(each.fixed)} />
            <rect className="driven" x={group * (GAP / 2)} {...bar(each.driven)} />
            {index % every === 0 && <text y={FLOOR + 15} textAnchor="middle">{each.name}</text>}
          </g>
        ))}
      </svg>
    </div>
  );
}

const say = (value: number | null, metric: Metric) => (value === null ? '?' : metric.write(value));

/** The next round number of 1, 2, 2.5 or 5 times a power of ten. */
function nice(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 2.5, 5, 10].find((each) => each * power >= value) ?? 10) * power;
}
