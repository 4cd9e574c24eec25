import type { FillPoint, Forecast, History } from '../../api/types';
import type { Scale } from './chartScale';

// A longer silence is drawn as a gap, not as a line that nobody measured.
const GAP_MS = 9 * 3600_000;

/** The believed readings as one path, broken where the sensor was silent or the bin was emptied. */
export function readingPath({ readings, emptyings }: History, scale: Scale): string {
  const emptied = emptyings.map((each) => Date.parse(each.at));
  const believed = readings.filter((point) => point.fault === null);
  return believed
    .map((point, index) => {
      const isBroken = isBreak(believed[index - 1], point, emptied);
      return `${isBroken ? 'M' : 'L'}${place(scale, point.at, point.fill_fraction)}`;
    })
    .join('');
}

function isBreak(before: FillPoint | undefined, point: FillPoint, emptied: number[]): boolean {
  if (before === undefined) return true;
  const [start, end] = [Date.parse(before.at), Date.parse(point.at)];
  return end - start > GAP_MS || emptied.some((at) => at > start && at <= end);
}

/** The area between the low and the high quantile. */
export function fanPath({ horizon_at, fill_low, fill_high }: Forecast, scale: Scale): string {
  const above = horizon_at.map((at, index) => place(scale, at, fill_high[index] ?? 0));
  const below = horizon_at.map((at, index) => place(scale, at, fill_low[index] ?? 0)).reverse();
  return `M${[...above, ...below].join('L')}Z`;
}

export function middlePath({ horizon_at, fill_middle }: Forecast, scale: Scale): string {
  return `M${horizon_at.map((at, index) => place(scale, at, fill_middle[index] ?? 0)).join('L')}`;
}

const place = (scale: Scale, at: string, fraction: number) =>
  `${scale.x(at).toFixed(1)},${scale.y(fraction).toFixed(1)}`;
