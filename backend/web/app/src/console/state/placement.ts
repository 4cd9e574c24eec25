import type { Stop } from '../../api/types';
import type { ConsoleState } from './model';

/** Where a bin is in the runs that are shown. */
export interface Placement {
  runIndex: number;
  stop: Stop;
}

const known = new WeakMap<ConsoleState['stops'], ReadonlyMap<number, Placement>>();

/** Find every bin's stop in the runs that are shown; computed once for each change. */
export function placements({ runs, stops }: ConsoleState): ReadonlyMap<number, Placement> {
  const before = known.get(stops);
  if (before) return before;
  const found = new Map<number, Placement>();
  runs.forEach((run, runIndex) => {
    for (const stop of stops.get(run.run_id) ?? []) {
      // Of two drivers who were both sent to a bin, who emptied it is told.
      if (stop.slot_id === null || found.get(stop.slot_id)?.stop.status === 'done') continue;
      found.set(stop.slot_id, { runIndex, stop });
    }
  });
  known.set(stops, found);
  return found;
}
