import type { Stop } from '../../api/types';
import { useStore } from '../../ui/store';
import { MISTAKE } from '../texts';
import { day, vehicleId, type Day } from './day';
import { outbox, type Waiting } from './outbox';

/** A stop as the driver sees it: with the taps that still wait to be sent. */
export type ListedStop = Stop & { isWaiting: boolean };

export const isOpen = (stop: Stop): boolean =>
  stop.status === 'planned' || (stop.status === 'skipped' && stop.reason === MISTAKE);

export function useDay(): Day {
  const now = useStore(day, (each) => each);
  if (now === null) throw new Error('the list was drawn before it was loaded');
  return now;
}

export function useRun() {
  const { runs } = useDay();
  const chosen = useStore(vehicleId, (each) => each);
  return runs.find((run) => run.vehicle_id === chosen);
}

export function useStops(runId: number): ListedStop[] {
  const { stops } = useDay();
  const waiting = useStore(outbox, (each) => each);
  return stops.filter((stop) => stop.run_id === runId).map((stop) => withTaps(stop, waiting));
}

/** What a phone kept before stops had origins is known by its stop alone. */
const workOf = (waiting: Waiting): number => waiting.originId ?? waiting.stopId;

/** The last tap is the driver's word, sent or not. */
function withTaps(stop: Stop, waiting: readonly Waiting[]): ListedStop {
  const last = waiting.findLast((each) => workOf(each) === (stop.origin_stop_id ?? stop.stop_id))?.pickup;
  if (last === undefined) return { ...stop, isWaiting: false };
  return { ...stop, status: last.outcome, reason: last.reason ?? null, isWaiting: true };
}
