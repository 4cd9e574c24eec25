import { LngLatBounds, type Map as MapLibre, type PaddingOptions } from 'maplibre-gl';
import { alarms } from '../alarms/state';
import { closures, panel } from '../closures/state';
import { model, selection, type ConsoleState } from '../state/model';

const PHONE = matchMedia('(max-width: 760px)');
const CLOSE_ZOOM = 15.5;
const WORLD: [number, number, number, number] = [-170, -60, 170, 75];

/** Show the whole operation in the part of the map that no panel covers. */
export function showAll(map: MapLibre, state: ConsoleState): void {
  map.setPadding(covered());
  map.fitBounds(extent(state), { animate: false, padding: 12 });
}

/** Follow what is chosen; the map makes room for the panel that comes with it. */
export function attachCamera(map: MapLibre): () => void {
  const unfollow = panel.subscribe(() => showPanel(map));
  let before = selection.get();
  // Who came by a link has chosen already.
  if (before.slotId !== null) showBin(map, before.slotId);
  const unselect = selection.subscribe(() => {
    const now = selection.get();
    if (now.slotId !== before.slotId) showBin(map, now.slotId);
    else if (now.runId !== null && now.runId !== before.runId) showRun(map, now.runId);
    before = now;
  });
  return () => [unfollow, unselect].forEach((stop) => stop());
}

/** Bring the closure that was chosen, or the street that is asked about, out from under the panels. */
function showPanel(map: MapLibre): void {
  const shown = panel.get();
  const padding = covered();
  if (shown.step === 'asking') {
    const at: [number, number] = [shown.spot.lon_deg, shown.spot.lat_deg];
    if (!isFree(map, at, padding)) map.easeTo({ padding, center: at });
  } else if (shown.step === 'list' && shown.chosen !== null) {
    const closure = closures.get().known.find((each) => each.closure_id === shown.chosen);
    const [line = []] = closure?.lines ?? [];
    const middle = line[Math.floor(line.length / 2)];
    if (middle === undefined || isFree(map, middle, padding)) return;
    map.easeTo({ padding, center: middle, zoom: Math.max(map.getZoom(), CLOSE_ZOOM) });
  }
}

/** What the panels cover of the map, in pixels. */
function covered(): Required<PaddingOptions> {
  if (PHONE.matches) {
    const share = panel.get().step === 'away' ? 0.46 : 0.62;
    return { top: 60, right: 0, bottom: innerHeight * share, left: 0 };
  }
  const right = selection.get().slotId === null ? 12 : 412;
  // Whoever goes through the list of alarms sees each bin beside it.
  const left = alarms.get().isShown ? 748 : 396;
  return { top: 60, right, bottom: 160, left };
}

function showBin(map: MapLibre, slotId: number | null): void {
  const padding = covered();
  const bin = slotId === null ? undefined : model.get()?.bins.get(slotId);
  if (bin === undefined || isFree(map, [bin.lon_deg, bin.lat_deg], padding)) {
    map.easeTo({ padding });
    return;
  }
  const zoom = Math.max(map.getZoom(), CLOSE_ZOOM);
  map.easeTo({ padding, center: [bin.lon_deg, bin.lat_deg], zoom });
}

/** Tell whether a place will be in sight once the map has moved aside. */
function isFree(map: MapLibre, at: [number, number], next: Required<PaddingOptions>): boolean {
  const now = map.getPadding();
  const shift = (next.left - (now.left ?? 0) - next.right + (now.right ?? 0)) / 2;
  const { x, y } = map.project(at);
  const { clientWidth, clientHeight } = map.getContainer();
  const isAcross = x + shift > next.left && x + shift < clientWidth - next.right;
  return isAcross && y > next.top && y < clientHeight - next.bottom;
}

function showRun(map: MapLibre, runId: number): void {
  const run = model.get()?.runs.find((each) => each.run_id === runId);
  if (run === undefined || run.geometry.length === 0) return;
  const box = new LngLatBounds();
  run.geometry.forEach(([lon = 0, lat = 0]) => box.extend([lon, lat]));
  map.fitBounds(box, { padding: 24, maxZoom: 16.5 });
}

function extent(state: ConsoleState): LngLatBounds {
  const places = [...state.bins.values(), ...state.overview.depots, ...state.overview.facilities];
  if (places.length === 0) return LngLatBounds.convert(WORLD);
  const box = new LngLatBounds();
  places.forEach((place) => box.extend([place.lon_deg, place.lat_deg]));
  return box;
}
