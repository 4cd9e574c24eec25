import type { Run, Stop } from '../../api/types';
import type { Clock } from '../../time/clock';
import { keepLive } from '../../api/live';
import { createStore } from '../../ui/store';
import { keep, readKept } from './kept';

/** The day's list, as last heard; kept, so that a reload without signal shows it. */
export interface Day {
  clock: Clock;
  runs: readonly Run[];
  stops: readonly Stop[];
}

export const day = createStore<Day | null>(readKept<Day | null>('day', null));
export const isLive = createStore(false);
export const whyFailed = createStore<string | null>(null);
/** How many bins a new plan put on this list or took from it; 0: nothing to tell. */
export const listChanges = createStore(0);
export const vehicleId = createStore<number | null>(readKept<number | null>('vehicle', null));

day.subscribe(() => keep('day', day.get()));
vehicleId.subscribe(() => keep('vehicle', vehicleId.get()));

export const live = keepLive(day);

/** Put what the server says of one stop into the list. */
export function takeStop(changed: Stop): void {
  live.change((now) => ({
    ...now,
    stops: now.stops.map((stop) => (stop.stop_id === changed.stop_id ? changed : stop)),
  }));
}
