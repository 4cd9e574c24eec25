import type { Forecast, History } from '../../api/types';

export interface ChartValue {
  at: number;
  fraction: number;
  isForeseen: boolean;
}

/** The known or foreseen fill that lies nearest to a time. */
export function valueNear(at: number, history: History, forecast: Forecast | null): ChartValue | null {
  const known = [...history.readings, ...history.observations]
    .map((point) => ({ at: Date.parse(point.at), fraction: point.fill_fraction, isForeseen: false }));
  const foreseen = (forecast?.horizon_at ?? [])
    .map((each, index) => ({
      at: Date.parse(each), fraction: forecast?.fill_middle[index] ?? 0, isForeseen: true,
    }));
  return [...known, ...foreseen].reduce<ChartValue | null>(
    (best, each) => (best === null || Math.abs(each.at - at) < Math.abs(best.at - at) ? each : best),
    null,
  );
}
