import { api, ApiError } from '../../api/client';
import type {
  AnsweredQuestion, Question, SimulationEvent, TodaysTerms, WhatIf, WhatIfBin,
} from '../../api/types';
import { createStore, patch, useStore } from '../../ui/store';
import type { Spot } from '../closures/state';
import type { BinsFile } from './binsFile';

/** What the map is asked for: a depot, or places of new bins. */
export type Placing = 'depot' | 'bins' | null;

/** The question as it is being put together. */
export interface Draft {
  /** How many there would be of a vehicle; one that is not listed stays as it is. */
  vehicles: Readonly<Record<number, number>>;
  depot: Spot | null;
  /** Percent of the bins that shall have room until their next chance; null: as today. */
  servicePct: number | null;
  /** Days with trucks, 0 is Monday; null: as today. */
  weekdays: readonly number[] | null;
  /** From this per cent on a bin must be emptied; null: as today. */
  mustGoPct: number | null;
  bins: readonly WhatIfBin[];
  file: BinsFile | null;
  withSensors: boolean;
  isThorough: boolean;
}

export interface WhatIfState {
  isShown: boolean;
  placing: Placing;
  terms: TodaysTerms | null;
  /** The newest questions; null before the first answer. */
  known: readonly Question[] | null;
  shown: AnsweredQuestion | null;
  trouble: string | null;
  draft: Draft;
}

export const EMPTY: Draft = {
  vehicles: {}, depot: null, servicePct: null, weekdays: null, mustGoPct: null, bins: [], file: null, withSensors: false, isThorough: false,
};
const QUICK = { days: 14, seeds: 2 };
const THOROUGH = { days: 56, seeds: 4 };
const NEW_BIN = { stream: '', volume_l: 660, service_s: 120, has_sensor: false };

export const whatIf = createStore<WhatIfState>({
  isShown: false, placing: null, terms: null, known: null, shown: null, trouble: null, draft: EMPTY,
});
export const useWhatIf = (): WhatIfState => useStore(whatIf, (each) => each);

export const isPlacing = (): boolean => whatIf.get().placing !== null;
export const isOpen = ({ state }: Pick<Question, 'state'>): boolean => state === 'queued' || state === 'running';

export function showWhatIf(isShown: boolean): void {
  patch(whatIf, { isShown, placing: null });
  if (isShown) void loadAll();
}

export function changeDraft(fields: Partial<Draft>): void {
  patch(whatIf, { draft: { ...whatIf.get().draft, ...fields } });
}

/** Let the map take a place; the page is out of the way meanwhile. */
export function startPlacing(placing: Placing): void {
  patch(whatIf, { placing });
}

export function placeAt(spot: Spot, stream: string): void {
  const { placing, draft } = whatIf.get();
  if (placing === 'depot') {
    changeDraft({ depot: spot });
    startPlacing(null);
  } else if (placing === 'bins') {
    changeDraft({ bins: [...draft.bins, { ...NEW_BIN, ...spot, stream, fill_per_day: null }] });
  }
}

async function loadAll(): Promise<void> {
  try {
    const [terms, known] = await Promise.all([api.terms(), api.simulations()]);
    patch(whatIf, { terms, known, trouble: null });
    const { shown } = whatIf.get();
    const newest = known[0];
    if (shown === null && newest !== undefined) await show(newest.simulation_id);
    else if (shown !== null) await show(shown.simulation_id);
  } catch (error) {
    patch(whatIf, { trouble: explain(error) });
  }
}

/** Show a question, and its answer where there is one. */
export async function show(simulationId: number): Promise<void> {
  try {
    patch(whatIf, { shown: await api.simulation(simulationId), trouble: null });
  } catch (error) {
    patch(whatIf, { trouble: explain(error) });
  }
}

export function toQuestion(draft: Draft): WhatIf {
  const { days, seeds } = draft.isThorough ? THOROUGH : QUICK;
  const counts = Object.entries(draft.vehicles).map(([id, number]) => [Number(id), number] as const);
  return {
    without_vehicles: counts.filter(([, number]) => number === 0).map(([id]) => id),
    more_vehicles: counts.filter(([, number]) => number === 2).map(([id]) => id),
    depot_lat_deg: draft.depot?.lat_deg ?? null,
    depot_lon_deg: draft.depot?.lon_deg ?? null,
    service_level: draft.servicePct === null ? null : draft.servicePct / 100,
    overflow_weight: null,
    must_go_probability: draft.mustGoPct === null ? null : draft.mustGoPct / 100,
    weekdays: [...(draft.weekdays ?? [])],
    more_bins: [...draft.bins, ...(draft.file?.bins ?? [])],
    with_sensors: draft.withSensors,
    days,
    seeds,
  };
}

/** Ask; the reason why not, or null. */
export async function ask(): Promise<string | null> {
  // To the API no day means: as today.
  if (whatIf.get().draft.weekdays?.length === 0) return 'Choose at least one day with trucks.';
  try {
    const shown = await api.askSimulation({ what_if: toQuestion(whatIf.get().draft), by: 'console' });
    patch(whatIf, { shown, known: [shown, ...(whatIf.get().known ?? [])] });
    return null;
  } catch (error) {
    return explain(error);
  }
}

export async function cancel(simulationId: number): Promise<void> {
  try {
    patch(whatIf, { shown: await api.cancelSimulation(simulationId) });
  } catch (error) {
    patch(whatIf, { trouble: explain(error) });
  }
}

/** Plan by a service level from now on; the reason why not, or null. */
export async function keepServiceLevel(level: number): Promise<string | null> {
  try {
    await api.setServiceLevel(level);
    const { terms } = whatIf.get();
    if (terms !== null) patch(whatIf, { terms: { ...terms, aim: { service_level: level, overflow_weight: null } } });
    return null;
  } catch (error) {
    return explain(error);
  }
}

/** A computation said how far it is; one that ended is loaded with its answer. */
export function hearSimulation({ simulation_id, ...told }: SimulationEvent): void {
  const { known, shown, isShown } = whatIf.get();
  const next = (known ?? []).map((each) => (each.simulation_id === simulation_id ? { ...each, ...told } : each));
  patch(whatIf, { known: known === null ? null : next });
  if (shown?.simulation_id !== simulation_id) return;
  if (isOpen(told)) patch(whatIf, { shown: { ...shown, ...told } });
  else if (isShown) void show(simulation_id);
}

function explain(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  throw error;
}
