import type { Run } from '../../api/types';

const HOUR_MS = 3600_000;
const MARGIN_MS = HOUR_MS / 4;

/** The hours that the strip shows; positions are percentages of its width. */
export interface DayScale {
  from: number;
  to: number;
  place: (at: number | string) => number;
  hours: readonly number[];
}

export function makeDayScale(runs: readonly Run[]): DayScale {
  const from = Math.min(...runs.map((run) => Date.parse(run.starts_at))) - MARGIN_MS;
  const to = Math.max(...runs.map((run) => Date.parse(run.ends_at))) + MARGIN_MS;
  const step = to - from > 6 * HOUR_MS ? HOUR_MS : HOUR_MS / 2;
  const first = Math.ceil(from / step) * step;
  const count = Math.max(0, Math.floor((to - first) / step) + 1);
  return {
    from,
    to,
    place: (at) => ((new Date(at).getTime() - from) / (to - from)) * 100,
    hours: Array.from({ length: count }, (_, index) => first + index * step),
  };
}
