import type { Bin, Overview, PlanningEvent, Run, Stop } from '../../api/types';
import type { Clock } from '../../time/clock';
import { createStore, useStore } from '../../ui/store';

/** Everything the console shows. */
export interface ConsoleState {
  overview: Overview;
  clock: Clock;
  bins: ReadonlyMap<number, Bin>;
  /** The service day that is shown; null while nothing is planned. */
  day: string | null;
  runs: readonly Run[];
  stops: ReadonlyMap<number, readonly Stop[]>;
  planning: PlanningEvent | null;
}

export type Loading = { state: 'loading' } | { state: 'failed'; why: string } | { state: 'ready' };

/** What is looked at. */
export interface Selection {
  runId: number | null;
  slotId: number | null;
}

export const loading = createStore<Loading>({ state: 'loading' });
/** The service day that was asked for; null: today, or the newest planned. */
export const askedDay = createStore<string | null>(null);
export const isLive = createStore(false);
export const selection = createStore<Selection>({ runId: null, slotId: null });
/** Null until the first load is through; components below the gate may rely on it. */
export const model = createStore<ConsoleState | null>(null);

export function useModel<S>(select: (state: ConsoleState) => S): S {
  return useStore(model, (state) => {
    if (state === null) throw new Error('the console was drawn before it was loaded');
    return select(state);
  });
}

export const useSelection = (): Selection => useStore(selection, (each) => each);

/** Runs get their colours by their place in the list, the same everywhere. */
export const RUN_COLOURS = 6;
export const runColour = (index: number) => `var(--run-${index % RUN_COLOURS})`;

export function selectRun(runId: number | null): void {
  selection.set({ ...selection.get(), runId });
}

export function selectBin(slotId: number | null): void {
  selection.set({ ...selection.get(), slotId });
}
