import { Popup, type Map as MapLibre, type Point } from 'maplibre-gl';
import type { Bin, ShutStreet } from '../../api/types';
import { percent } from '../../ui/quantity';
import { streamName } from '../../fill/streams';
import { closures, currentMs, isPointing, showList } from '../closures/state';
import { nameOf, whatHolds, whenItHolds } from '../closures/words';
import { isPlacing } from '../whatif/state';
import { model, selectBin, selection, selectRun } from '../state/model';

const REACH_PX = 7;

/** Let bins and runs be pointed at and chosen. */
export function attachPointer(map: MapLibre): void {
  const tooltip = new Popup({ closeButton: false, closeOnClick: false, offset: 14, className: 'bin-tip' });
  map.on('mousemove', (event) => {
    if (isPointing() || isPlacing()) return void tooltip.remove();
    const bin = binAt(map, event.point);
    const closure = bin ? undefined : closureAt(map, event.point);
    const isThing = bin || closure || runAt(map, event.point) !== null;
    map.getCanvas().style.cursor = isThing ? 'pointer' : '';
    if (bin) tooltip.setLngLat([bin.lon_deg, bin.lat_deg]).setDOMContent(describe(bin)).addTo(map);
    else if (closure) tooltip.setLngLat(event.lngLat).setDOMContent(describeClosure(closure)).addTo(map);
    else tooltip.remove();
  });
  map.on('mouseout', () => tooltip.remove());
  map.on('click', (event) => choose(map, event.point));
}

function choose(map: MapLibre, point: Point): void {
  if (isPointing() || isPlacing()) return;
  const bin = binAt(map, point);
  if (bin) return selectBin(bin.slot_id);
  const closure = closureAt(map, point);
  if (closure) return showList(closure.closure_id);
  const runId = runAt(map, point);
  if (runId !== null) return selectRun(runId);
  if (selection.get().slotId !== null) selectBin(null);
  else selectRun(null);
}

function binAt(map: MapLibre, point: Point): Bin | undefined {
  const [hit] = near(map, point, 'bins');
  return hit === undefined ? undefined : model.get()?.bins.get(Number(hit.id));
}

function closureAt(map: MapLibre, point: Point): ShutStreet | undefined {
  const [hit] = [...near(map, point, 'shut-signs'), ...near(map, point, 'shut-casing')];
  return closures.get().known.find((each) => each.closure_id === hit?.id);
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
  const fill = bin.fill_fraction === null ? 'unknown' : percent(bin.fill_fraction);
  return card(bin.address ?? bin.site, `${bin.code} · ${streamName(bin.stream)} · ${fill}`);
}

function describeClosure(closure: ShutStreet): HTMLElement {
  const zone = model.get()?.clock.zone ?? 'UTC';
  return card(nameOf(closure), whatHolds(closure), whenItHolds(closure, zone, currentMs()), closure.reason);
}

function card(name: string, ...lines: string[]): HTMLElement {
  const box = document.createElement('div');
  const title = document.createElement('strong');
  title.textContent = name;
  const spans = lines.filter((line) => line !== '').map((line) => {
    const span = document.createElement('span');
    span.textContent = line;
    return span;
  });
  box.append(title, ...spans);
  return box;
}
