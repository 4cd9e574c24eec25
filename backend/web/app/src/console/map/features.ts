import { hasPlace, type PlacedStop } from '../../api/placed';
import type { Bin, Run } from '../../api/types';
import { fillKind } from '../../fill/fill';
import type { ConsoleState } from '../state/model';
import { placements } from '../state/placement';
import { badgeName } from './badges';
import { alarmMark, gaugeName } from './gauges';

export type BinProperties = { gauge: string; order: number; run: number };

const NO_RUN = -1;
const FIRE_FIRST = 10; // above whatever else is drawn there

export function binFeature(bin: Bin, state: ConsoleState): GeoJSON.Feature<GeoJSON.Point, BinProperties> {
  return {
    type: 'Feature',
    id: bin.slot_id,
    geometry: { type: 'Point', coordinates: [bin.lon_deg, bin.lat_deg] },
    properties: {
      gauge: gaugeName(fillKind(bin), bin.fill_fraction) + alarmMark(bin.alarms),
      order: (bin.fill_fraction ?? -1) + (bin.alarms.includes('fire') ? FIRE_FIRST : 0),
      run: placements(state).get(bin.slot_id)?.stop.run_id ?? NO_RUN,
    },
  };
}

export function binFeatures(state: ConsoleState): GeoJSON.FeatureCollection {
  return collection([...state.bins.values()].map((bin) => binFeature(bin, state)));
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
        .filter((stop) => stop.kind === 'pickup' && stop.status !== 'done')
        .filter(hasPlace)
        .map((stop) => stopFeature(stop, index)),
    ),
  );
}

function stopFeature(stop: PlacedStop, index: number): GeoJSON.Feature {
  return {
    type: 'Feature',
    id: stop.stop_id,
    geometry: { type: 'Point', coordinates: [stop.lon_deg, stop.lat_deg] },
    properties: { run: stop.run_id, badge: badgeName(index, stop.position, stop.status) },
  };
}

export function selectedFeature(state: ConsoleState, slotId: number | null): GeoJSON.FeatureCollection {
  const bin = slotId === null ? undefined : state.bins.get(slotId);
  return collection(bin ? [binFeature(bin, state)] : []);
}

function collection(features: GeoJSON.Feature[]): GeoJSON.FeatureCollection {
  return { type: 'FeatureCollection', features };
}
