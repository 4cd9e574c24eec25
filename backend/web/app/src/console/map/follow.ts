import type { Map as MapLibre } from 'maplibre-gl';
import type { Bin } from '../../api/types';
import { closures, panel } from '../closures/state';
import { model, selection, type ConsoleState } from '../state/model';
import { emphasise, geojson, showSelected } from './engine';
import { binFeature, runFeatures, stopFeatures } from './features';
import { candidateFeatures, shutFeatures } from './shut';

// A closure begins and ends without anybody saying so.
const LOOK_EVERY_MS = 5000;

/** Keep the map at what the console knows; only what changed is drawn again. */
export function follow(map: MapLibre, drawn: ConsoleState): () => void {
  let before = drawn;
  const unfollow = [
    model.subscribe(() => {
      const state = model.get();
      if (state === null) return;
      applyChange(map, before, state);
      before = state;
    }),
    selection.subscribe(() => {
      showSelected(map);
      emphasise(map);
    }),
    followClosures(map),
  ];
  return () => unfollow.forEach((stop) => stop());
}

function followClosures(map: MapLibre): () => void {
  const drawShut = () => void geojson(map, 'shut')?.setData(shutFeatures());
  const timer = setInterval(drawShut, LOOK_EVERY_MS);
  const unfollow = [
    closures.subscribe(drawShut),
    panel.subscribe(() => void geojson(map, 'candidate')?.setData(candidateFeatures())),
    () => clearInterval(timer),
  ];
  return () => unfollow.forEach((stop) => stop());
}

function applyChange(map: MapLibre, before: ConsoleState, state: ConsoleState): void {
  if (state.bins !== before.bins) updateBins(map, before.bins, state);
  if (state.runs !== before.runs && state.overview !== before.overview) {
    void geojson(map, 'runs')?.setData(runFeatures(state.runs));
  }
  if (state.stops !== before.stops) void geojson(map, 'stops')?.setData(stopFeatures(state));
}

function updateBins(map: MapLibre, before: ReadonlyMap<number, Bin>, state: ConsoleState): void {
  const after = state.bins;
  const changed = [...after.values()].filter((bin) => bin !== before.get(bin.slot_id));
  const known = changed.filter((bin) => before.has(bin.slot_id));
  void geojson(map, 'bins')?.updateData({
    add: changed.filter((bin) => !before.has(bin.slot_id)).map((bin) => binFeature(bin, state)),
    remove: [...before.keys()].filter((slotId) => !after.has(slotId)),
    update: known.map((bin) => ({
      id: bin.slot_id,
      addOrUpdateProperties: Object.entries(binFeature(bin, state).properties)
        .map(([key, value]) => ({ key, value })),
    })),
  });
}
