import type { ExpressionSpecification } from 'maplibre-gl';

/** A size that grows with the zoom: zoom, size, zoom, size, … */
export const byZoom = (...stops: (number | ExpressionSpecification)[]): ExpressionSpecification =>
  ['interpolate', ['linear'], ['zoom'], ...stops] as unknown as ExpressionSpecification;
