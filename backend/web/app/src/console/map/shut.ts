import type { LayerSpecification } from 'maplibre-gl';
import type { ShutStreet, Stretch } from '../../api/types';
import { token } from '../../theme/theme';
import { currentMs, isToCome, panel, stillKnown } from '../closures/state';
import { firstLimit } from '../closures/words';
import { byZoom } from './byZoom';
import { signName } from './signs';

/** Streets that are shut, as the map draws them. */
export function shutFeatures(): GeoJSON.FeatureCollection {
  const now = currentMs();
  return collection(stillKnown(now).filter((each) => each.lines.length > 0).map((each) => shutFeature(each, now)));
}

function shutFeature(closure: ShutStreet, now: number): GeoJSON.Feature {
  return {
    type: 'Feature',
    id: closure.closure_id,
    geometry: { type: 'MultiLineString', coordinates: closure.lines },
    properties: {
      sign: signName(firstLimit(closure)),
      strength: isToCome(closure, now) ? 0.45 : 1,
    },
  };
}

/** The stretch that is pointed at. */
export function candidateFeatures(): GeoJSON.FeatureCollection {
  const shown = panel.get();
  const stretch: Stretch | null = shown.step === 'pointing' || shown.step === 'asking' ? shown.stretch : null;
  if (stretch === null) return collection([]);
  return collection([{ type: 'Feature', geometry: { type: 'MultiLineString', coordinates: stretch.lines }, properties: {} }]);
}

const collection = (features: GeoJSON.Feature[]): GeoJSON.FeatureCollection => ({ type: 'FeatureCollection', features });

const strength = ['get', 'strength'] as never;
const FLAT = { 'line-join': 'round', 'line-cap': 'butt' } as const;

/** Red and white like the barriers that stand there. */
export function shutLayers(): LayerSpecification[] {
  return [
    {
      id: 'shut-casing', type: 'line', source: 'shut', layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-color': token('--surface'), 'line-width': byZoom(12, 4, 14, 7, 17, 13), 'line-opacity': strength },
    },
    {
      id: 'shut', type: 'line', source: 'shut', layout: FLAT,
      paint: { 'line-color': token('--shut'), 'line-width': byZoom(12, 2.6, 14, 4.6, 17, 9), 'line-opacity': strength },
    },
    {
      id: 'shut-dashes', type: 'line', source: 'shut', layout: FLAT,
      paint: {
        'line-color': token('--shut-ink'), 'line-width': byZoom(12, 2, 14, 3.4, 17, 7), 'line-dasharray': [1.3, 1.3],
        'line-opacity': strength,
      },
    },
    {
      id: 'candidate', type: 'line', source: 'candidate', layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-color': token('--shut'), 'line-width': byZoom(12, 7, 14, 11, 17, 20), 'line-opacity': 0.5 },
    },
  ];
}

export function signLayer(): LayerSpecification {
  return {
    id: 'shut-signs', type: 'symbol', source: 'shut',
    layout: {
      'symbol-placement': 'line-center', 'icon-image': ['get', 'sign'], 'icon-rotation-alignment': 'viewport',
      'icon-size': byZoom(11, 0.5, 13, 0.66, 16, 1.05), 'icon-allow-overlap': true, 'icon-ignore-placement': true,
      'icon-padding': 0,
    },
    paint: { 'icon-opacity': strength },
  };
}
