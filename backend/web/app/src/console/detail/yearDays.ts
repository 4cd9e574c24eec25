import type { Hours } from '../../api/types';
import { calendarDay } from '../../time/format';

export const HOUR_MS = 3600_000;
const PERMILLE = 1000;

/** The highest fill of each local day that has one, as a fraction, by 2026-11-24. */
export function highestByDay({ from_s, hours, fill_permille }: Hours, zone: string): Map<string, number> {
  const days = new Map<string, number>();
  hours.forEach((hour, index) => {
    const fill = fill_permille[index];
    if (fill == null) return;
    const day = calendarDay(from_s * 1000 + hour * HOUR_MS, zone);
    days.set(day, Math.max(days.get(day) ?? 0, fill / PERMILLE));
  });
  return days;
}
