import type { Bin, Run, Stop } from '../../api/types';
import { fillKind } from '../../fill/fill';
import type { ConsoleState } from '../state/model';
import { badgeName } from './badges';
import { gaugeName } from './gauges';

export type BinProperties = { gauge: string; order: number; run: number };

const NO_RUN = -1;

export function binFeature(bin: Bin): GeoJSON.Feature<GeoJSON.Point, BinProperties> {
  return {
    type: 'Feature',
    id: bin.slot_id,
    geometry: { type: 'Point', coordinates: [bin.lon_deg, bin.lat_deg] },
    properties: {
      gauge: gaugeName(fillKind(bin), bin.fill_fraction),
      order: bin.fill_fraction ?? -1,
      run: bin.run_id ?? NO_RUN,
    },
  };
}

export function binFeatures(bins: ReadonlyMap<number, Bin>): GeoJSON.FeatureCollection {
  return collection([...bins.values()].map(binFeature));
}

export function runFeatures(runs: readonly Run[]): GeoJSON.FeatureCollection {
  return collection(
    runs.map((run, index) => ({
      type: 'Feature',
      id: run.run_id,
      geometry: { type: 'LineString', coordinates: run.geometry },
      properties: { run: run.run_id, index, lane: index + 0.5, arrow: `arrow-${index}` },
    })),
  );
}

export function stopFeatures(state: ConsoleState): GeoJSON.FeatureCollection {
  return collection(
    state.runs.flatMap((run, index) =>
      (state.stops.get(run.run_id) ?? [])
        .filter((stop) => stop.kind === 'pickup')
        .map((stop) => stopFeature(stop, index)),
    ),
  );
}

function stopFeature(stop: Stop, index: number): GeoJSON.Feature {
  return {
    type: 'Feature',
    id: stop.stop_id,
    geometry: { type: 'Point', coordinates: [stop.lon_deg, stop.lat_deg] },
    properties: { run: stop.run_id, badge: badgeName(index, stop.position, stop.status) },
  };
}

export function selectedFeature(bin: Bin | undefined): GeoJSON.FeatureCollection {
  return collection(bin ? [binFeature(bin)] : []);
}

function collection(features: GeoJSON.Feature[]): GeoJSON.FeatureCollection {
  return { type: 'FeatureCollection', features };
}
