import './fill.css';
import { useId } from 'react';
import { fillVariable, type FillKind } from './fill';

interface FillMeterProps {
  kind: FillKind;
  fraction: number | null;
  width?: number;
}

const WALL = 'M4 8h32l-3 39a3.2 3.2 0 0 1-3.2 3H10.2a3.2 3.2 0 0 1-3.2-3L4 8Z';
const TOP = 9;
const FLOOR = 50;

/** A container, filled as far as it is; hatched where the fill is only foreseen. */
export function FillMeter({ kind, fraction, width = 20 }: FillMeterProps) {
  const level = Math.min(1, Math.max(0, fraction ?? 0));
  const surface = FLOOR - (FLOOR - TOP) * level;
  const isForeseen = kind === 'foreseen' || kind === 'silent';
  const overflows = (fraction ?? 0) >= 1;
  const id = useId();
  return (
    <svg className={`meter ${kind}`} width={width} height={width * 1.35} viewBox="0 0 40 54"
      style={{ color: fillVariable(fraction) }} aria-hidden="true">
      <defs>
        <clipPath id={`${id}-wall`}><path d={WALL} /></clipPath>
        <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="2.4" height="5" fill="currentColor" />
        </pattern>
      </defs>
      <path className="meter-inside" d={WALL} />
      <g clipPath={`url(#${id}-wall)`}>
        <rect className="meter-fill" x="0" y="0" width="40" height="54"
          style={{ transform: `translateY(${surface}px)` }}
          fill={isForeseen ? `url(#${id})` : 'currentColor'} />
      </g>
      <path className="meter-wall" d={WALL} />
      <path className="meter-lid" d={overflows ? 'M2 7 37 2.5' : 'M2.5 5h35'} />
    </svg>
  );
}
