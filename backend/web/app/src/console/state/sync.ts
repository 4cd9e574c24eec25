import { api, ApiError } from '../../api/client';
import { followEvents } from '../../api/events';
import { loadTodaysRuns } from '../../api/today';
import type { Bin, BinCollection, Organisation, Stop, StopEvent } from '../../api/types';
import { readClock } from '../../time/clock';
import { patch } from '../../ui/store';
import { askedDay, isLive, loading, model, selection, type ConsoleState } from './model';

/** Load everything once, then let the events carry it on; nothing is ever polled. */
export function startSync(): () => void {
  let greetings = 0;
  void load();
  return followEvents({
    hello: (organisation) => {
      isLive.set(true);
      greetings += 1;
      if (greetings === 1) setClock(organisation);
      else void load();
    },
    bins: (changed) => change((state) => ({ bins: withBins(state.bins, changed) })),
    stop: (event) => change((state) => withStop(state, event)),
    plan: () => void load(),
    planning: (planning) => change(() => ({ planning })),
    lost: () => isLive.set(false),
  });
}

export async function load(): Promise<void> {
  try {
    const [overview, bins] = await Promise.all([api.overview(), api.bins()]);
    const day = askedDay.get();
    const runs = await (day === null ? loadTodaysRuns(overview.organisation) : api.runs(day));
    const details = await Promise.all(runs.map((run) => api.run(run.run_id)));
    model.set({
      overview,
      clock: readClock(overview.organisation),
      bins: new Map(bins.features.map((feature) => [feature.id, feature.properties])),
      day: runs[0]?.service_day ?? overview.plan?.service_day ?? null,
      runs,
      stops: new Map(details.map((detail) => [detail.run.run_id, detail.stops])),
      planning: stillPlanning(),
    });
    forgetGoneRun(runs.map((run) => run.run_id));
    loading.set({ state: 'ready' });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // Once something is on screen it stays there; the next greeting loads again.
    if (model.get() === null) loading.set({ state: 'failed', why: error.message });
  }
}

/** Show the runs of another service day. */
export function showDay(day: string): void {
  askedDay.set(day);
  void load();
}

/** Ask for a new plan; what becomes of it is told by `planning` events. */
export async function planAgain(): Promise<void> {
  const day = model.get()?.day ?? '';
  change(() => ({ planning: { service_day: day, state: 'running', step: 'queued', fraction: 0 } }));
  try {
    await api.requestPlan();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const step = error.message;
    change(() => ({ planning: { service_day: day, state: 'failed', step, fraction: 0 } }));
  }
}

function change(fields: (state: ConsoleState) => Partial<ConsoleState>): void {
  const state = model.get();
  if (state !== null) model.set({ ...state, ...fields(state) });
}

function setClock(organisation: Organisation): void {
  change(() => ({ clock: readClock(organisation) }));
}

function withBins(bins: ReadonlyMap<number, Bin>, changed: BinCollection): Map<number, Bin> {
  const next = new Map(bins);
  changed.features.forEach((feature) => next.set(feature.id, feature.properties));
  return next;
}

function withStop(state: ConsoleState, event: StopEvent): Partial<ConsoleState> {
  const { stop, done_count, skipped_count } = event;
  const stops = new Map(state.stops);
  stops.set(stop.run_id, replaced(stops.get(stop.run_id) ?? [], stop));
  const runs = state.runs.map((run) =>
    run.run_id === stop.run_id ? { ...run, done_count, skipped_count } : run,
  );
  return { stops, runs };
}

function replaced(stops: readonly Stop[], changed: Stop): Stop[] {
  return stops.map((stop) => (stop.stop_id === changed.stop_id ? changed : stop));
}

function stillPlanning() {
  const planning = model.get()?.planning;
  return planning?.state === 'running' ? planning : null;
}

function forgetGoneRun(runIds: number[]): void {
  const { runId } = selection.get();
  if (runId !== null && !runIds.includes(runId)) patch(selection, { runId: null });
}
