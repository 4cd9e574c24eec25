import { Popup, type Map as MapLibre, type Point } from 'maplibre-gl';
import type { Bin } from '../../api/types';
import { percent } from '../../ui/quantity';
import { streamName } from '../../fill/streams';
import { model, selectBin, selection, selectRun } from '../state/model';

const REACH_PX = 7;

/** Let bins and runs be pointed at and chosen. */
export function attachPointer(map: MapLibre): void {
  const tooltip = new Popup({ closeButton: false, closeOnClick: false, offset: 14, className: 'bin-tip' });
  map.on('mousemove', (event) => {
    const bin = binAt(map, event.point);
    map.getCanvas().style.cursor = bin || runAt(map, event.point) !== null ? 'pointer' : '';
    if (bin) tooltip.setLngLat([bin.lon_deg, bin.lat_deg]).setDOMContent(describe(bin)).addTo(map);
    else tooltip.remove();
  });
  map.on('mouseout', () => tooltip.remove());
  map.on('click', (event) => choose(map, event.point));
}

function choose(map: MapLibre, point: Point): void {
  const bin = binAt(map, point);
  if (bin) return selectBin(bin.slot_id);
  const runId = runAt(map, point);
  if (runId !== null) return selectRun(runId);
  if (selection.get().slotId !== null) selectBin(null);
  else selectRun(null);
}

function binAt(map: MapLibre, point: Point): Bin | undefined {
  const [hit] = near(map, point, 'bins');
  return hit === undefined ? undefined : model.get()?.bins.get(Number(hit.id));
}

function runAt(map: MapLibre, point: Point): number | null {
  const [hit] = near(map, point, 'runs');
  return hit === undefined ? null : Number(hit.id);
}

function near(map: MapLibre, { x, y }: Point, layer: string) {
  if (!map.getLayer(layer)) return [];
  return map.queryRenderedFeatures(
    [[x - REACH_PX, y - REACH_PX], [x + REACH_PX, y + REACH_PX]], { layers: [layer] },
  );
}

function describe(bin: Bin): HTMLElement {
  const box = document.createElement('div');
  const title = document.createElement('strong');
  title.textContent = bin.address ?? bin.site;
  const fill = bin.fill_fraction === null ? 'unknown' : percent(bin.fill_fraction);
  const line = document.createElement('span');
  line.textContent = `${bin.code} · ${streamName(bin.stream)} · ${fill}`;
  box.append(title, line);
  return box;
}
