import type { Stop } from './types';

export type PlacedStop = Stop & { lat_deg: number; lon_deg: number };

/** Tell whether a stop has a place; a break is wherever the driver is. */
export const hasPlace = <S extends Stop>(stop: S): stop is S & PlacedStop => stop.lat_deg !== null;
