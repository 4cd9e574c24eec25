import type { CollectionFigures } from '../api/types';
import { count, kilograms, wholeEuros } from '../ui/quantity';

export interface Metric {
  key: string;
  name: string;
  /** What the number means, for who reads it the first time. */
  hint: string;
  of: (figures: CollectionFigures) => number | null;
  write: (value: number) => string;
}

const hoursOf = (value: number) => `${value < 100 ? value.toFixed(1) : count(value)} h`;
const kmOf = (value: number) => `${value < 100 ? value.toFixed(1) : count(value)} km`;

/** What is compared, in the order of the page. */
export const METRICS: readonly Metric[] = [
  { key: 'km', name: 'Distance', hint: 'driven by all vehicles', of: (each) => each.distance_km, write: kmOf },
  { key: 'hours', name: 'Time', hint: 'vehicles were out', of: (each) => each.driving_h, write: hoursOf },
  { key: 'overflow', name: 'Overflow', hint: 'hours in which a bin was full, all bins together', of: (each) => each.overflow_h, write: hoursOf },
  { key: 'money', name: 'Cost', hint: 'kilometres, hours and vehicle days', of: (each) => each.cost_cents / 100, write: (value) => wholeEuros(value * 100) },
  { key: 'co2', name: 'CO₂', hint: 'kilometres times each vehicle’s factor', of: (each) => each.co2_kg ?? null, write: kilograms },
];

/** −23 %: what became of the fixed rounds' number; null where there is nothing to compare with. */
export function change(fixed: number, driven: number): string | null {
  if (fixed <= 0) return null;
  const percent = Math.round((driven / fixed - 1) * 100);
  return `${percent > 0 ? '+' : percent < 0 ? '−' : '±'}${Math.abs(percent)} %`;
}
