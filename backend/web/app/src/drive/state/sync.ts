import { api, ApiError } from '../../api/client';
import { followEvents, tryAgain } from '../../api/events';
import { loadTodaysRuns } from '../../api/today';
import type { Stop } from '../../api/types';
import { readClock } from '../../time/clock';
import { day, isLive, listChanges, live, takeStop, vehicleId, whyFailed, type Day } from './day';
import { loadDirections } from './directions';
import { isOpen } from './list';
import { send } from './outbox';

/** Load the day whenever its events begin, follow them, and send what waits whenever there is signal. */
export function startSync(): void {
  void send();
  addEventListener('online', () => void send());
  document.addEventListener('visibilitychange', () => document.hidden || void send());
  followEvents({
    hello: () => {
      isLive.set(true);
      void load();
      void send();
    },
    stop: (event) => takeStop(event.stop),
    plan: () => void load(),
    lost: () => isLive.set(false),
    silent: () => void load(),
  });
}

/** Load the day; a driver must see that the list in his hand is not the one of a minute ago. */
export async function load(): Promise<void> {
  const before = listedWork();
  try {
    await live.load(readDay);
    whyFailed.set(null);
    tellChanges(before, listedWork());
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    whyFailed.set(error.message);
    tryAgain(error, load);
  }
}

async function readDay(): Promise<Day> {
  const overview = await api.overview();
  const clock = readClock(overview.organisation);
  const runs = await loadTodaysRuns(overview.organisation);
  const details = await Promise.all(runs.map((run) => api.run(run.run_id)));
  // First the way, so that no new list is on screen with the turns of the old one.
  await loadDirections(runs);
  return {
    clock,
    // Only the list is kept on the phone; the lines on the map are not drawn here.
    runs: runs.map((run) => ({ ...run, geometry: [] })),
    stops: details.flatMap((detail) => detail.stops),
  };
}

/** The bins on the list of this vehicle's driver, whatever their order; all, and the ones still to do. */
interface ListedWork {
  serviceDay: string | undefined;
  all: Set<number>;
  open: Set<number>;
}

function listedWork(): ListedWork {
  const { runs, stops } = day.get() ?? { runs: [], stops: [] };
  const run = runs.find((each) => each.vehicle_id === vehicleId.get());
  const listed = stops.filter((stop) => stop.run_id === run?.run_id && stop.kind === 'pickup');
  const works = (some: readonly Stop[]) => new Set(some.map((stop) => stop.origin_stop_id));
  return { serviceDay: run?.service_day, all: works(listed), open: works(listed.filter(isOpen)) };
}

/** Say how many bins came or went; the list of another day is another list. */
function tellChanges(before: ListedWork, after: ListedWork): void {
  if (before.serviceDay !== after.serviceDay) return;
  const gone = [...before.open].filter((work) => !after.all.has(work)).length;
  const added = [...after.open].filter((work) => !before.all.has(work)).length;
  if (gone + added > 0) listChanges.set(gone + added);
}
