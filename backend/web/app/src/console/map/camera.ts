import { LngLatBounds, type Map as MapLibre, type PaddingOptions } from 'maplibre-gl';
import { model, selection } from '../state/model';

const PHONE = matchMedia('(max-width: 760px)');
const CLOSE_ZOOM = 15.5;

/** What the panels leave free of the map. */
export function freeSpace(): PaddingOptions {
  if (PHONE.matches) return { top: 70, right: 20, bottom: innerHeight * 0.48, left: 20 };
  const detail = selection.get().slotId === null ? 0 : 404;
  return { top: 84, right: 60 + detail, bottom: 190, left: 412 };
}

/** Bring a chosen bin into the free part of the map, unless it is there already. */
export function attachCamera(map: MapLibre): () => void {
  let before = selection.get();
  return selection.subscribe(() => {
    const now = selection.get();
    if (now.slotId !== null && now.slotId !== before.slotId) showBin(map, now.slotId);
    else if (now.runId !== null && now.runId !== before.runId) showRun(map, now.runId);
    before = now;
  });
}

function showBin(map: MapLibre, slotId: number): void {
  const bin = model.get()?.bins.get(slotId);
  if (bin === undefined) return;
  const { x, y } = map.project([bin.lon_deg, bin.lat_deg]);
  const { top, right, bottom, left } = freeSpace();
  const { clientWidth, clientHeight } = map.getContainer();
  const isFree = x > (left ?? 0) && x < clientWidth - (right ?? 0)
    && y > (top ?? 0) && y < clientHeight - (bottom ?? 0);
  if (isFree) return;
  const offset: [number, number] = [((left ?? 0) - (right ?? 0)) / 2, ((top ?? 0) - (bottom ?? 0)) / 2];
  map.easeTo({
    center: [bin.lon_deg, bin.lat_deg], offset, zoom: Math.max(map.getZoom(), CLOSE_ZOOM),
  });
}

function showRun(map: MapLibre, runId: number): void {
  const run = model.get()?.runs.find((each) => each.run_id === runId);
  if (run === undefined || run.geometry.length === 0) return;
  const box = new LngLatBounds();
  run.geometry.forEach(([lon = 0, lat = 0]) => box.extend([lon, lat]));
  map.fitBounds(box, { padding: freeSpace(), maxZoom: 16.5 });
}
