import type { Decision } from '../../api/types';
import { hours } from '../../time/format';
import { count, distance, euros, kilograms, litres, plural } from '../../ui/quantity';

const minutes = (seconds: number) => hours(Math.ceil(seconds / 60) * 60);

/** What giving way means, by the limit's name in the routing problem: "Truck could …". */
const WAYS: Record<string, (amount: number) => string> = {
  shift_start_s: (amount) => `could start ${minutes(amount)} earlier`,
  shift_end_s: (amount) => `could come home ${minutes(amount)} later`,
  overtime_s: (amount) => `could come home ${minutes(amount)} later`,
  max_duration_s: (amount) => `could be out ${minutes(amount)} longer`,
  max_driving_s: (amount) => `could drive ${minutes(amount)} more before its driver rests`,
  max_distance_m: (amount) => `could drive ${distance(amount)} further`,
  max_stops: (amount) => `could make ${plural(Math.ceil(amount), 'stop')} more`,
  capacity_l: (amount) => `had room for ${litres(amount)} more`,
  capacity_kg: (amount) => `could carry ${kilograms(amount)} more`,
  capacity_containers: (amount) => `could carry ${plural(Math.ceil(amount), 'container')} more`,
  day_l: (amount) => `could collect ${litres(amount)} more in a day`,
  day_kg: (amount) => `could collect ${kilograms(amount)} more in a day`,
  day_containers: (amount) => `could collect ${plural(Math.ceil(amount), 'container')} more in a day`,
  earliest_s: (amount) => `could come ${minutes(amount)} earlier`,
  latest_s: (amount) => `could come ${minutes(amount)} later`,
  opens_s: (amount) => `could tip ${minutes(amount)} earlier`,
  closes_s: (amount) => `could tip ${minutes(amount)} later`,
};

/** Say in a sentence what the cheapest way to make room would be, or null when there is none. */
export function wouldFit(decision: Decision): string | null {
  const { would_fit_limit: limit, would_fit_amount: amount, would_fit_vehicle: vehicle } = decision;
  if (!limit || amount == null || !vehicle) return null;
  const way = WAYS[limit]?.(amount) ?? `had ${count(Math.ceil(amount))} more of ${limit}`;
  const cost = decision.would_fit_cents == null ? '' : `, for ${euros(decision.would_fit_cents)} more`;
  return `Would fit if ${vehicle} ${way}${cost}.`;
}
