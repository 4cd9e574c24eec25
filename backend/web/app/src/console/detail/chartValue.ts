import type { Forecast, History } from '../../api/types';

export interface ChartValue {
  at: number;
  fraction: number;
  /** What kind of value it is, where it is not simply measured or seen. */
  word: string;
}

/** The known or foreseen fill that lies nearest to a time. */
export function valueNear(at: number, history: History, forecast: Forecast | null): ChartValue | null {
  const measured = history.readings.map(({ at: time, fill_fraction, fault }) => ({
    at: Date.parse(time), fraction: fill_fraction, word: fault === null ? '' : `not believed, ${fault}`,
  }));
  const seen = history.observations
    .map((point) => ({ at: Date.parse(point.at), fraction: point.fill_fraction, word: '' }));
  const foreseen = (forecast?.horizon_at ?? [])
    .map((each, index) => ({
      at: Date.parse(each), fraction: forecast?.fill_middle[index] ?? 0, word: 'foreseen',
    }));
  return [...measured, ...seen, ...foreseen].reduce<ChartValue | null>(
    (best, each) => (best === null || Math.abs(each.at - at) < Math.abs(best.at - at) ? each : best),
    null,
  );
}
