import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { token } from '../../theme/theme';
import { RUN_COLOURS } from '../state/model';
import { byZoom } from './byZoom';
import { shutLayers, signLayer } from './shut';

// Runs keep to the right of the street, each in its own lane, so that none hides another.
const LANE = byZoom(12, ['*', 1.6, ['get', 'lane']], 14, ['*', 2.7, ['get', 'lane']], 17, ['*', 6, ['get', 'lane']]);
const ROUND = { 'line-join': 'round', 'line-cap': 'round' } as const;

/** Full strength for the run that is looked at, or for all when none is. */
export function emphasis(runId: number | null, faint: number): ExpressionSpecification | number {
  return runId === null ? 1 : ['case', ['==', ['get', 'run'], runId], 1, faint];
}

function runColours(): ExpressionSpecification {
  const colours = Array.from({ length: RUN_COLOURS }, (_, index) => [index, token(`--run-${index}`)]);
  const index = ['%', ['get', 'index'], RUN_COLOURS];
  return ['match', index, ...colours.flat(), token('--run-0')] as unknown as ExpressionSpecification;
}

/** Numbers crowd the map from afar, except those of the one run that is looked at. */
export const STOPS_FROM_ZOOM = 15.2;

/** What the operator works with, from bottom to top. */
export function ownLayers(): LayerSpecification[] {
  return [...runLayers(), ...shutLayers(), selectedLayer(), binLayer(), stopLayer(), signLayer()];
}

function runLayers(): LayerSpecification[] {
  return [
    {
      id: 'run-casing', type: 'line', source: 'runs', layout: ROUND,
      paint: {
        'line-color': token('--surface'), 'line-offset': LANE,
        'line-width': byZoom(12, 2.4, 14, 3.8, 17, 7.6),
      },
    },
    {
      id: 'runs', type: 'line', source: 'runs', layout: ROUND,
      paint: {
        'line-color': runColours(), 'line-offset': LANE,
        'line-width': byZoom(12, 1.3, 14, 2.1, 17, 4.4),
      },
    },
    {
      id: 'run-arrows', type: 'symbol', source: 'runs', minzoom: 14.2,
      layout: {
        'symbol-placement': 'line', 'symbol-spacing': 110, 'icon-image': ['get', 'arrow'],
        'icon-size': byZoom(14, 0.55, 17, 1), 'icon-allow-overlap': true,
        'icon-ignore-placement': true, 'icon-padding': 0,
        // In units of the icon, which grows with the zoom as the lane does.
        'icon-offset': ['match', ['get', 'index'], 0, ['literal', [0, 2.4]], 1,
          ['literal', [0, 6.4]], 2, ['literal', [0, 11]], ['literal', [0, 15]]],
      },
    },
  ];
}

function selectedLayer(): LayerSpecification {
  return {
    id: 'selected', type: 'circle', source: 'selected',
    paint: {
      'circle-radius': byZoom(13, 12, 16, 19), 'circle-color': token('--accent'),
      'circle-opacity': 0.22, 'circle-stroke-width': 2, 'circle-stroke-color': token('--accent'),
    },
  };
}

function binLayer(): LayerSpecification {
  return {
    id: 'bins', type: 'symbol', source: 'bins',
    layout: {
      'icon-image': ['get', 'gauge'], 'icon-size': byZoom(11, 0.4, 13, 0.6, 15, 0.95, 18, 1.25),
      'icon-allow-overlap': true, 'icon-ignore-placement': true, 'icon-padding': 0,
      'symbol-sort-key': ['get', 'order'],
    },
  };
}

function stopLayer(): LayerSpecification {
  return {
    id: 'stops', type: 'symbol', source: 'stops', minzoom: STOPS_FROM_ZOOM,
    layout: {
      'icon-image': ['get', 'badge'], 'icon-offset': [11, -11], 'icon-size': byZoom(14, 0.85, 17, 1.1),
      'icon-allow-overlap': true, 'icon-ignore-placement': true, 'icon-padding': 0,
    },
  };
}
