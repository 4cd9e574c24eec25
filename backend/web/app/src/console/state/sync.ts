import { api, ApiError } from '../../api/client';
import { followEvents, tryAgain } from '../../api/events';
import { keepLive } from '../../api/live';
import { loadTodaysRuns } from '../../api/today';
import type { Bin, BinCollection, Organisation, PlanningEvent, Run, Stop, StopEvent } from '../../api/types';
import { readClock } from '../../time/clock';
import { calendarDay } from '../../time/format';
import { patch } from '../../ui/store';
import { loadAlarms } from '../alarms/state';
import { closures, loadClosures } from '../closures/state';
import { hearSimulation } from '../whatif/state';
import { askedDay, isLive, loading, model, selection, type ConsoleState } from './model';

const live = keepLive(model);
const { change } = live;

/** Load everything whenever events begin, then let them carry it on; nothing is ever polled. */
export function startSync(): () => void {
  return followEvents({
    hello: (organisation) => {
      isLive.set(true);
      change((state) => ({ ...state, clock: readClock(organisation), planning: withoutUnheard(state.planning) }));
      void load();
    },
    bins: (changed) => change((state) => ({ ...state, bins: withBins(state.bins, changed) })),
    stop: (event) => change((state) => withStop(state, event)),
    plan: () => {
      patch(closures, { isPlanBehind: false });
      void load();
    },
    closures: () => {
      patch(closures, { isPlanBehind: true });
      void loadClosures();
    },
    alarm: () => void loadAlarms(),
    planning: tell,
    simulation: hearSimulation,
    lost: () => isLive.set(false),
    silent: () => void load(),
  });
}

export async function load(): Promise<void> {
  const before = model.get()?.runs ?? [];
  try {
    await live.load(readAll);
    keepSelectedVehicle(before, model.get()?.runs ?? []);
    loading.set({ state: 'ready' });
    void loadClosures();
    void loadAlarms();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // Once something is on screen it stays there.
    if (model.get() === null) loading.set({ state: 'failed', why: error.message });
    tryAgain(error, load);
  }
}

async function readAll(): Promise<ConsoleState> {
  const [{ overview, clock }, bins] = await Promise.all([readOverview(), api.bins()]);
  const day = dayToShow(overview.organisation);
  const runs = await (day === null ? loadTodaysRuns(overview.organisation) : api.runs(day));
  const details = await Promise.all(runs.map((run) => api.run(run.run_id)));
  return {
    overview,
    clock,
    bins: new Map(bins.features.map((feature) => [feature.id, feature.properties])),
    day: runs[0]?.service_day ?? overview.plan?.service_day ?? null,
    runs,
    stops: new Map(details.map((detail) => [detail.run.run_id, detail.stops])),
    planning: stillPlanning(),
  };
}

/** The clock is of the moment in which it was told, not of when all the rest is there. */
async function readOverview(): Promise<Pick<ConsoleState, 'overview' | 'clock'>> {
  const overview = await api.overview();
  return { overview, clock: readClock(overview.organisation) };
}

/** The day that was asked for; null once it is over, so that a page that stays open goes on with the days. */
function dayToShow({ now, time_zone }: Organisation): string | null {
  const asked = askedDay.get();
  if (asked !== null && asked < calendarDay(now, time_zone)) askedDay.set(null);
  return askedDay.get();
}

/** Show the runs of another service day. */
export function showDay(day: string): void {
  askedDay.set(day);
  void load();
}

/**
 * Ask for a new plan of the day that is shown, if it is still to come, else of the next that can be
 * driven; what becomes of it is told by `planning` events.
 */
export async function planAgain(): Promise<void> {
  const day = model.get()?.day ?? '';
  tell({ service_day: day, state: 'running', step: 'queued', fraction: 0 });
  try {
    await api.requestPlan(comingDay());
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    tell({ service_day: day, state: 'failed', step: error.message, fraction: 0 });
  }
}

function comingDay(): string | null {
  const state = model.get();
  if (state === null || state.day === null) return null;
  const { now, time_zone } = state.overview.organisation;
  return state.day > calendarDay(now, time_zone) ? state.day : null;
}

/** The news of a plan has been read. */
export function forgetPlanning(): void {
  tell(null);
}

function tell(planning: PlanningEvent | null): void {
  change((state) => ({ ...state, planning }));
}

function withBins(bins: ReadonlyMap<number, Bin>, changed: BinCollection): Map<number, Bin> {
  const next = new Map(bins);
  changed.features.forEach((feature) => next.set(feature.id, feature.properties));
  return next;
}

function withStop(state: ConsoleState, event: StopEvent): ConsoleState {
  const { stop, done_count, skipped_count } = event;
  const stops = new Map(state.stops);
  stops.set(stop.run_id, replaced(stops.get(stop.run_id) ?? [], stop));
  const runs = state.runs.map((run) =>
    run.run_id === stop.run_id ? { ...run, done_count, skipped_count } : run,
  );
  return { ...state, stops, runs };
}

function replaced(stops: readonly Stop[], changed: Stop): Stop[] {
  return stops.map((stop) => (stop.stop_id === changed.stop_id ? changed : stop));
}

/** What failed is told until something is loaded; what was saved is news for a while. */
function stillPlanning() {
  const planning = model.get()?.planning ?? null;
  return planning?.state === 'failed' ? null : planning;
}

/** A plan under way may have ended unheard while the stream was away; if it goes on, its next step tells. */
function withoutUnheard(planning: PlanningEvent | null): PlanningEvent | null {
  return planning?.state === 'running' ? null : planning;
}

/** A day that is planned anew has new runs of the same vehicles. */
function keepSelectedVehicle(before: readonly Run[], now: readonly Run[]): void {
  const { runId } = selection.get();
  if (runId === null || now.some((run) => run.run_id === runId)) return;
  const vehicle = before.find((run) => run.run_id === runId)?.vehicle_id;
  patch(selection, { runId: now.find((run) => run.vehicle_id === vehicle)?.run_id ?? null });
}
