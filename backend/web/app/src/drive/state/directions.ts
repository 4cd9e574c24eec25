import { api, ApiError } from '../../api/client';
import type { Line, Run, RunDirections } from '../../api/types';
import { createStore, useStore } from '../../ui/store';
import { day, vehicleId } from './day';
import { keep, readKept } from './kept';

/** What the chosen vehicle's driver reads on the way; kept with the day. */
export const directions = createStore<RunDirections | null>(readKept<RunDirections | null>('directions', null));
directions.subscribe(() => keep('directions', directions.get()));
vehicleId.subscribe(() => void loadDirections(day.get()?.runs ?? []));

/** Load the way of the chosen vehicle's run in the language of this phone. */
export async function loadDirections(runs: readonly Run[]): Promise<void> {
  const run = runs.find((each) => each.vehicle_id === vehicleId.get());
  if (run === undefined) return;
  try {
    directions.set(await api.directions(run.run_id, navigator.language));
  } catch (error) {
    // Without them the list still is what the driver needs most; the next load asks again.
    if (!(error instanceof ApiError)) throw error;
  }
}

export interface Way {
  language: string;
  lines: readonly Line[];
}

/** The way to a stop of a run, or home; undefined where this phone has not heard of it yet. */
export function useWay(runId: number, stopId: number | 'home'): Way | undefined {
  const told = useStore(directions, (each) => each);
  if (told?.run_id !== runId) return undefined;
  const lines = stopId === 'home' ? told.home : told.stops.find((each) => each.stop_id === stopId)?.lines;
  return lines && { language: told.language, lines };
}
