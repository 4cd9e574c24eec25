import type { Forecast, History } from '../../api/types';

/** Where times and fills lie on the chart, in its own units. */
export const WIDTH = 360;
export const HEIGHT = 176;
export const PLOT = { left: 34, right: 356, top: 20, bottom: 150 } as const;
const TOP_FILL = 1.3;

export interface Scale {
  from: number;
  to: number;
  x: (at: number | string) => number;
  y: (fraction: number) => number;
  at: (x: number) => number;
}

export function makeScale(history: History, forecast: Forecast | null): Scale {
  const from = Date.parse(history.from_at);
  const end = forecast?.horizon_at.at(-1);
  const to = Math.max(Date.parse(history.to_at), end === undefined ? 0 : Date.parse(end));
  const perMs = (PLOT.right - PLOT.left) / (to - from);
  return {
    from,
    to,
    x: (at) => PLOT.left + (new Date(at).getTime() - from) * perMs,
    y: (fraction) =>
      PLOT.bottom - (PLOT.bottom - PLOT.top) * (Math.min(TOP_FILL, Math.max(0, fraction)) / TOP_FILL),
    at: (x) => from + (x - PLOT.left) / perMs,
  };
}
