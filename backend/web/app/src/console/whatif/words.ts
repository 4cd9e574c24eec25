import type { Aim, Question, TodaysTerms, WhatIf } from '../../api/types';
import { count, plural } from '../../ui/quantity';

export const words = {
  title: 'What if',
  intro: 'Put other terms together and see what a mean week would be. Your own bins are lived through again: they fill as they were seen to, the trucks drive your streets.',
  ask: 'Simulate',
  takes: 'Takes about a minute; plans come first.',
  takesLong: 'Takes some ten minutes; plans come first.',
  nothing: 'Nothing was simulated yet',
  nothingHint: 'Choose what shall be otherwise, or nothing at all to see today’s service curve, then simulate.',
  waiting: 'Waiting for the worker',
  placeDepot: 'Click where the depot would be',
  placeBins: 'Click where bins would stand',
  curve: 'Kilometres against service',
  curveHint: 'Each point is a service level: the share of bins that shall have room until they can be emptied next. Choose one.',
  sensors: 'Where the next sensor pays most',
} as const;

interface Row {
  title: string;
  unit: string;
  write: (value: number) => string;
  /** Whether more of it is better; null: neither. */
  isMoreBetter: boolean | null;
}

const tenths = (value: number) => value.toLocaleString('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const hundredths = (value: number) => value.toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** The figures of a mean week, in the order in which they are shown. */
export const ROWS: Readonly<Record<string, Row>> = {
  km: { title: 'Driven', unit: 'km', write: count, isMoreBetter: false },
  hours: { title: 'Out on the road', unit: 'h', write: tenths, isMoreBetter: false },
  cents: { title: 'Cost', unit: '€', write: (value) => count(value / 100), isMoreBetter: false },
  service_pct: { title: 'Found room', unit: '%', write: hundredths, isMoreBetter: true },
  overflow_h: { title: 'Full, per bin and year', unit: 'h', write: tenths, isMoreBetter: false },
  fill_at_pickup: { title: 'Fill at pickup', unit: '%', write: (value) => count(value * 100), isMoreBetter: true },
  pickups: { title: 'Pickups', unit: '', write: count, isMoreBetter: null },
  tonnes: { title: 'Collected', unit: 't', write: tenths, isMoreBetter: null },
  co2_kg: { title: 'CO₂', unit: 'kg', write: count, isMoreBetter: false },
};

/** With its sign, as differences are written. */
export function signed(row: Row, value: number): string {
  const said = row.write(Math.abs(value));
  if (Number(said.replaceAll(',', '')) === 0) return '0';
  return `${value < 0 ? '−' : '+'}${said}`;
}

const weight = (number: number): string => `overflows counted ×${Number(number.toPrecision(3))}`;

/** 99.5 %; or the weight of an overflow where no service level is set. */
export const aimName = ({ service_level, overflow_weight }: Aim): string =>
  service_level == null ? weight(overflow_weight ?? 1) : `${Number((100 * service_level).toPrecision(5))} %`;

export const isSameAim = (one: Aim, other: Aim): boolean =>
  one.service_level === other.service_level && one.overflow_weight === other.overflow_weight;
export const share = (pct: number): string => `${hundredths(pct)} %`;

/** Say in a line what is asked. */
export function nameOf(asked: WhatIf, terms: TodaysTerms | null): string {
  const vehicle = (id: number) => terms?.vehicles.find((each) => each.vehicle_id === id)?.name ?? `vehicle ${id}`;
  const parts = [
    ...(asked.without_vehicles ?? []).map((id) => `without ${vehicle(id)}`),
    ...(asked.more_vehicles ?? []).map((id) => `another ${vehicle(id)}`),
    ...(asked.depot_lat_deg == null ? [] : ['another depot']),
    ...(asked.service_level == null ? [] : [`a service level of ${aimName({ service_level: asked.service_level, overflow_weight: null })}`]),
    ...(asked.overflow_weight == null ? [] : [weight(asked.overflow_weight)]),
    ...(asked.must_go_probability == null ? [] : [`must go from ${count(asked.must_go_probability * 100)} %`]),
    ...(asked.weekdays?.length ? [`${plural(asked.weekdays.length, 'day')} a week`] : []),
    ...(asked.more_bins?.length ? [plural(asked.more_bins.length, 'new bin')] : []),
  ];
  const said = parts.length === 0 ? 'as today' : parts.join(', ');
  return said.charAt(0).toUpperCase() + said.slice(1);
}

export const STATES: Readonly<Record<Question['state'], string>> = {
  queued: 'waiting', running: 'computing', done: 'done', failed: 'failed', cancelled: 'cancelled',
};
