import { GeoJSONSource, Map as MapLibre, NavigationControl, setWorkerUrl } from 'maplibre-gl';
// Vite does not find MapLibre's worker by itself: without this the built map stays blank.
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { GeoJSONSourceSpecification, StyleSpecification } from 'maplibre-gl';
import { texts } from '../texts';
import { theme } from '../../theme/theme';
import { model, selection, type ConsoleState } from '../state/model';
import { ARROW, BADGE, drawArrow, drawBadge } from './badges';
import { binFeatures, runFeatures, selectedFeature, stopFeatures } from './features';
import { showAll } from './camera';
import type { Ground } from './ground';
import { drawGauge, GAUGE, PIXEL_RATIO } from './gauges';
import { emphasis, ownLayers, STOPS_FROM_ZOOM } from './layers';
import { candidateFeatures, shutFeatures } from './shut';
import { drawSign, SIGN } from './signs';
import { buildStyle } from './style';

setWorkerUrl(workerUrl);

const LEAST_ZOOM = 9;
const FAINT_LINE = 0.16;
const FAINT_BIN = 0.4;

/** Make the map of what the console has loaded. */
export function createMap(container: HTMLElement, state: ConsoleState, ground: Ground): MapLibre {
  const map = new MapLibre({
    container,
    style: currentStyle(state, ground),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
    maxZoom: 19,
  });
  showAll(map, state);
  // A region may be larger than any city; there is little to see from further away.
  map.setMinZoom(Math.max(0, Math.min(LEAST_ZOOM, map.getZoom() - 1)));
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  map.setMissingStyleImageResolver((name) => supplyImage(map, name));
  return map;
}

/** Everything the map shows, in the theme of the moment. */
export function currentStyle(state: ConsoleState, ground: Ground): StyleSpecification {
  return buildStyle(theme.get(), ground, {
    sources: {
      bins: source(binFeatures(state)),
      // The ways of the runs are theirs, whatever is drawn below.
      runs: { ...source(runFeatures(state.runs)), attribution: texts.attribution },
      shut: source(shutFeatures()),
      candidate: source(candidateFeatures()),
      stops: source(stopFeatures(state)),
      selected: source(selectedFeature(state, selection.get().slotId)),
    },
    layers: ownLayers(),
  });
}

const source = (data: GeoJSON.FeatureCollection): GeoJSONSourceSpecification => ({ type: 'geojson', data });

export function geojson(map: MapLibre, name: string): GeoJSONSource | undefined {
  return map.getSource<GeoJSONSource>(name);
}

/** Let the run that is looked at stand out. */
export function emphasise(map: MapLibre): void {
  const { runId } = selection.get();
  if (!map.getLayer('runs')) return;
  for (const layer of ['runs', 'run-casing']) {
    map.setPaintProperty(layer, 'line-opacity', emphasis(runId, FAINT_LINE));
  }
  map.setPaintProperty('run-arrows', 'icon-opacity', emphasis(runId, 0));
  map.setPaintProperty('bins', 'icon-opacity', emphasis(runId, FAINT_BIN));
  map.setPaintProperty('stops', 'icon-opacity', emphasis(runId, 0));
  map.setLayerZoomRange('stops', runId === null ? STOPS_FROM_ZOOM : 0, 24);
}

export function showSelected(map: MapLibre): void {
  const state = model.get();
  if (state === null) return;
  void geojson(map, 'selected')?.setData(selectedFeature(state, selection.get().slotId));
}

function supplyImage(map: MapLibre, name: string): void {
  const options = { pixelRatio: PIXEL_RATIO };
  if (GAUGE.test(name)) map.addImage(name, drawGauge(name), options);
  else if (BADGE.test(name)) map.addImage(name, drawBadge(name), options);
  else if (SIGN.test(name)) map.addImage(name, drawSign(name), options);
  else if (ARROW.test(name)) map.addImage(name, drawArrow(name), options);
}
