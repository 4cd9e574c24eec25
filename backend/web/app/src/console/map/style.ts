import { layers } from '@protomaps/basemaps';
import type {
  LayerSpecification, SourceSpecification, StyleSpecification,
} from 'maplibre-gl';
import type { Theme } from '../../theme/theme';
import type { Basemap } from './basemap';
import type { Ground } from './ground';
import { groundColour, quietFlavour } from './quiet';

// Without glyph files MapLibre draws labels from the fonts of the device.
const FONT = ['Inter, system-ui, Segoe UI, Roboto, Noto Sans, sans-serif'];
const SPRITES = new Set(['roads_oneway', 'roads_shields', 'pois', 'boundaries', 'boundaries_country']);

interface Drawn {
  sources: Record<string, SourceSpecification>;
  layers: LayerSpecification[];
}

/** Streets below, what the operator works with above. */
export function buildStyle(theme: Theme, ground: Ground, own: Drawn): StyleSpecification {
  if (ground.kind === 'online') return onTopOf(ground.style, own);
  const below = ground.basemap ? streets(theme, ground.basemap) : bare(theme);
  return onTopOf({ version: 8, ...below }, own);
}

/** A style of others may call its parts as we do ours: theirs get other names. */
function onTopOf(style: StyleSpecification, own: Drawn): StyleSpecification {
  const ownIds = new Set(own.layers.map((layer) => layer.id));
  const layerName = (id: string) => (ownIds.has(id) ? `ground-${id}` : id);
  const sourceName = (id: string) => (id in own.sources ? `ground-${id}` : id);
  const below = style.layers.map((layer) => {
    const named = { ...layer, id: layerName(layer.id) };
    return 'source' in layer ? { ...named, source: sourceName(layer.source) } : named;
  });
  const sources = Object.entries(style.sources).map(([id, source]) => [sourceName(id), source]);
  return {
    ...style,
    sources: { ...Object.fromEntries(sources), ...own.sources },
    layers: [...(below as LayerSpecification[]), ...own.layers],
  };
}

function bare(theme: Theme): Drawn {
  const paint = { 'background-color': groundColour(theme) };
  return { sources: {}, layers: [{ id: 'background', type: 'background', paint }] };
}

function streets(theme: Theme, basemap: Basemap): Drawn {
  const drawn = layers('streets', quietFlavour(theme), { lang: 'en' });
  return {
    sources: {
      streets: { type: 'vector', url: basemap.url },
      rim: { type: 'geojson', data: rim(basemap.bounds) },
    },
    layers: [...drawn.filter((layer) => !SPRITES.has(layer.id)).map(plain), ...fade(theme)],
  };
}

/** Local names in the device's font; no sprites, since none are shipped. */
function plain(layer: LayerSpecification): LayerSpecification {
  if (layer.type !== 'symbol') return layer;
  const { 'icon-image': _sprite, ...layout } = layer.layout ?? {};
  const isAddress = layer.id === 'address_label';
  const label = isAddress ? {} : { 'text-field': ['get', 'name'] as ['get', string] };
  return { ...layer, layout: { ...layout, ...label, 'text-font': FONT } };
}

/** As wide on the ground at every zoom, but from afar never so wide that it eats the city. */
const growing = (least: number, far: number, near: number) =>
  ['interpolate', ['exponential', 2], ['zoom'], 8, least, 12, far, 18, near] as never;

/** An extract ends where its box ends: let the streets fade out instead of being cut. */
function fade(theme: Theme): LayerSpecification[] {
  const colour = groundColour(theme);
  return [
    {
      id: 'rim', type: 'line', source: 'rim',
      paint: { 'line-color': colour, 'line-width': growing(4, 20, 800), 'line-blur': growing(2, 10, 400) },
    },
    { id: 'beyond', type: 'fill', source: 'rim', paint: { 'fill-color': colour } },
  ];
}

const WORLD = [[-180, -85], [180, -85], [180, 85], [-180, 85], [-180, -85]];

function rim([west, south, east, north]: Basemap['bounds']): GeoJSON.Feature {
  const box = [[west, south], [west, north], [east, north], [east, south], [west, south]];
  return {
    type: 'Feature',
    properties: {},
    geometry: { type: 'Polygon', coordinates: [WORLD, box] },
  };
}
