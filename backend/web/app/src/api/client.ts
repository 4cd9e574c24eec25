import type {
  Alarm, AnsweredQuestion, Backtest, BinCollection, BinDetail, ClosureRequest, CollectionRule, DeviceOffer, DevicePage, DeviceSettings, DeviceState, Firmware,
  History, Hours, KnownEvent, Ledger, Offered, Overview, Pickup, PlanJob, Question, Release, Run, RunDetail, RunDirections, ServiceDays, Setting,
  SettingsChange, SettingsRequest, ShutStreet, SimulationRequest, Stop, Stretch, TodaysTerms,
} from './types';

const ROOT = '/api/v1';
const NO_CONTENT = 204;

/** The server said no, with its status; or it could not be reached, with null. */
export class ApiError extends Error {
  constructor(message: string, readonly status: number | null) {
    super(message);
  }

  /** The server understood, and says no to the thing itself: it is gone, in conflict, or not valid. */
  get isVerdict(): boolean {
    return this.status !== null && [404, 409, 422].includes(this.status);
  }

  /** Trying the very same again may help. */
  get isPassing(): boolean {
    return this.status === null || this.status >= 500 || [408, 429].includes(this.status);
  }
}

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(ROOT + path, init).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError('no connection to the server', null);
  });
  if (!response.ok) throw new ApiError(await explain(response), response.status);
  return (response.status === NO_CONTENT ? undefined : await read(response)) as T;
}

async function read(response: Response): Promise<unknown> {
  return response.json().catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError('the answer broke off', null);
  });
}

async function explain(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  const detail = (body as { detail?: unknown } | null)?.detail;
  if (typeof detail === 'string') return detail;
  // What a field must be is said once for each field; the first will do.
  const first = (detail as { msg?: unknown }[] | undefined)?.[0]?.msg;
  return typeof first === 'string' ? first.replace(/^Value error, /, '') : `the server answered ${response.status}`;
}

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

const WHO = 'dispatcher'; // until people sign in
const release = ({ board, version }: Pick<Release, 'board' | 'version'>) => `/firmware/${board}/${version}`;
const device = (name: string) => `/devices/${encodeURIComponent(name)}`;

const put = (body: unknown): RequestInit => ({ ...post(body), method: 'PUT' });

function query(fields: Readonly<Record<string, string | null | undefined>>): string {
  const said = Object.entries(fields).filter((each): each is [string, string] => each[1] != null);
  return new URLSearchParams(said).toString();
}

export const api = {
  overview: () => ask<Overview>('/overview'),
  bins: () => ask<BinCollection>('/bins.geojson'),
  bin: (slotId: number, signal: AbortSignal) => ask<BinDetail>(`/bins/${slotId}`, { signal }),
  history: (slotId: number, signal: AbortSignal) =>
    ask<History>(`/bins/${slotId}/history`, { signal }),
  hours: (slotId: number, signal: AbortSignal) => ask<Hours>(`/bins/${slotId}/hours`, { signal }),
  backtest: (slotId: number, signal: AbortSignal) => ask<Backtest>(`/bins/${slotId}/backtest`, { signal }),
  runs: (serviceDay: string) => ask<Run[]>(`/runs?service_day=${serviceDay}`),
  newestRuns: () => ask<Run[]>('/runs'),
  run: (runId: number) => ask<RunDetail>(`/runs/${runId}`),
  directions: (runId: number, language: string) =>
    ask<RunDirections>(`/runs/${runId}/directions?language=${encodeURIComponent(language)}`),
  reportPickup: (stopId: number, pickup: Pickup) =>
    ask<Stop>(`/stops/${stopId}/pickups`, post(pickup)),
  alarms: () => ask<Alarm[]>('/alarms'),
  acknowledge: (alarmId: number) => ask<Alarm>(`/alarms/${alarmId}/acknowledge`, { method: 'POST' }),
  devices: (words: string, concern: string, limit: number) => ask<DevicePage>(`/devices?${query({ words, concern, limit: String(limit) })}`),
  device: (name: string) => ask<DeviceState>(device(name)),
  offersTo: (name: string) => ask<DeviceOffer[]>(`${device(name)}/offers`),
  settings: () => ask<Setting[]>('/device-settings'),
  deviceSettings: (name: string) => ask<DeviceSettings>(`${device(name)}/settings`),
  askDevice: (name: string, asked: Omit<SettingsRequest, 'by'>) => ask<DeviceSettings>(`${device(name)}/settings`, put({ ...asked, by: WHO })),
  settingsChanges: (name: string) => ask<SettingsChange[]>(`${device(name)}/settings/changes`),
  firmware: () => ask<Firmware>('/firmware'),
  offersOf: (of: Release, states: readonly string[]) => ask<DeviceOffer[]>(`${release(of)}/offers?${states.map((each) => `state=${each}`).join('&')}`),
  foreseeOffer: (of: Release, percent: number) => ask<Offered>(`${release(of)}/share?percent=${percent}`),
  offerRelease: (of: Release, percent: number) => ask<Offered>(`${release(of)}/offers`, post({ percent, by: WHO })),
  savings: () => ask<Ledger>('/savings'),
  reckonSaving: (month: string) => ask<void>('/savings', post({ month })),
  closures: () => ask<ShutStreet[]>('/closures'),
  shutStreet: (closure: ClosureRequest) => ask<ShutStreet>('/closures', post(closure)),
  openStreet: (closureId: number) => ask<void>(`/closures/${closureId}`, { method: 'DELETE' }),
  nearestStreet: (lat: number, lon: number, signal: AbortSignal) =>
    ask<Stretch>(`/streets/nearest?lat_deg=${lat}&lon_deg=${lon}`, { signal }),
  terms: () => ask<TodaysTerms>('/simulations/today'),
  simulations: () => ask<Question[]>('/simulations'),
  simulation: (simulationId: number) => ask<AnsweredQuestion>(`/simulations/${simulationId}`),
  askSimulation: (asked: SimulationRequest) => ask<AnsweredQuestion>('/simulations', post(asked)),
  cancelSimulation: (simulationId: number) => ask<AnsweredQuestion>(`/simulations/${simulationId}/cancel`, { method: 'POST' }),
  setServiceLevel: (serviceLevel: number | null) => ask<{ service_level: number | null }>('/service-level', put({ service_level: serviceLevel })),
  serviceLevel: () => ask<{ service_level: number | null }>('/service-level'),
  collectionRules: () => ask<CollectionRule[]>('/collection-rules'),
  setCollectionRule: (rule: CollectionRule) => ask<CollectionRule>('/collection-rules', put(rule)),
  removeCollectionRule: ({ kind, stream, code }: CollectionRule) =>
    ask<void>(`/collection-rules?${query({ kind, stream, code })}`, { method: 'DELETE' }),
  serviceDays: () => ask<ServiceDays>('/service-days'),
  setServiceWeekdays: (weekdays: readonly number[]) =>
    ask<ServiceDays>(`/service-days?${weekdays.map((each) => `weekdays=${each}`).join('&')}`, { method: 'PUT' }),
  addDayOff: (day: string, reason: string) => ask<void>(`/service-days/off/${day}?${query({ reason })}`, { method: 'PUT' }),
  removeDayOff: (day: string) => ask<void>(`/service-days/off/${day}`, { method: 'DELETE' }),
  knownEvents: () => ask<KnownEvent[]>('/known-events'),
  setKnownEvent: ({ day, factor, reason }: KnownEvent) => ask<KnownEvent>(`/known-events/${day}`, put({ factor, reason })),
  removeKnownEvent: (day: string) => ask<void>(`/known-events/${day}`, { method: 'DELETE' }),
  requestPlan: (serviceDay: string | null) => ask<PlanJob>('/plans', post({ service_day: serviceDay })),
};
