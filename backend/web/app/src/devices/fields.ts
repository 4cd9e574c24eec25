import type { DeviceSettings, Setting } from '../api/types';
import { hours } from '../time/format';
import { count } from '../ui/quantity';

/** How a setting is put to people. `scale`: so many of the device's units make one that is shown. */
interface Shown {
  label: string;
  hint: string;
  scale: number;
  unit: string;
}

export const GROUPS: readonly { title: string; names: readonly string[] }[] = [
  { title: 'How often', names: ['measure_every_s', 'report_every'] },
  { title: 'Reported at once', names: ['delta_mm', 'threshold_mm', 'hysteresis_mm'] },
  { title: 'Alarms', names: ['hot_limit_dc', 'hot_jump_dc', 'tilt_limit_deg', 'knock_mg', 'battery_low_mv'] },
  { title: 'Power', names: ['radio_min_mv'] },
  { title: 'Load cell, where the bin is weighed', names: ['cell_zero', 'cell_per_hg'] },
];

const SHOWN: Record<string, Shown> = {
  measure_every_s: { label: 'Measure every', hint: 'oftener costs battery', scale: 1, unit: 's' },
  report_every: { label: 'Report every', hint: 'or at once, when something happens', scale: 1, unit: 'measurements' },
  delta_mm: { label: 'When it changed by', hint: 'since the last report; weighed: in 100 g', scale: 1, unit: 'mm' },
  threshold_mm: { label: 'When nearer than', hint: 'surface to sensor: too full; 0: never; weighed: heavier, in 100 g', scale: 1, unit: 'mm' },
  hysteresis_mm: { label: 'Room again', hint: 'so far from that mark', scale: 1, unit: 'mm' },
  hot_limit_dc: { label: 'Fire from', hint: '', scale: 10, unit: '°C' },
  hot_jump_dc: { label: 'Or warmer by', hint: 'since the measurement before', scale: 10, unit: '°C' },
  tilt_limit_deg: { label: 'Tilted from', hint: 'from upright', scale: 1, unit: '°' },
  knock_mg: { label: 'Hit hard from', hint: 'a blow wakes it; 0: off', scale: 1000, unit: 'g' },
  radio_min_mv: { label: 'No radio below', hint: 'its current would reset the chip', scale: 1, unit: 'mV' },
  cell_zero: { label: 'No load', hint: 'what its converter says then', scale: 1, unit: 'counts' },
  cell_per_hg: { label: 'Each 100 g', hint: 'how much more it says', scale: 1, unit: 'counts' },
  battery_low_mv: { label: 'Battery low below', hint: '', scale: 1, unit: 'mV' },
};

export const shownAs = ({ name, unit }: Setting): Shown => SHOWN[name] ?? { label: name, hint: '', scale: 1, unit };

/** A value as people read and type it. */
export const written = (setting: Setting, value: unknown): string => (typeof value === 'number' ? String(value / shownAs(setting).scale) : String(value ?? ''));

/** What a planner typed, in the device's units; null: as provisioned; or why it is none. */
export function parse(setting: Setting, typed: string): { value: number | null; why: string | null } {
  const text = typed.trim().replace(',', '.').replace('−', '-');
  if (text === '') return { value: null, why: null };
  const { scale } = shownAs(setting);
  const value = Number((Number(text) * scale).toFixed(6));
  if (!/^-?\d+(\.\d+)?$/.test(text)) return { value: null, why: 'A number is wanted.' };
  if (value < setting.least || value > setting.most) return { value: null, why: `${limits(setting)} is possible.` };
  if (!Number.isInteger(value)) return { value: null, why: `In steps of ${1 / scale}.` };
  return { value, why: null };
}

export const limits = (setting: Setting): string => {
  const { scale, unit } = shownAs(setting);
  const side = (value: number) => (scale === 1 ? count(value) : String(value / scale));
  return `${side(setting.least)} to ${side(setting.most)} ${unit}`;
};

export type Answer = { state: 'none' } | { state: 'waiting' } | { state: 'confirmed' } | { state: 'refused'; why: string };

/** What the device made of the newest wish for one setting. */
export function answerTo(settings: DeviceSettings, name: string, setting?: Setting): Answer {
  if (!(name in settings.desired)) return { state: 'none' };
  if (settings.reported_revision !== settings.revision) return { state: 'waiting' };
  const reason = settings.refused?.[name];
  // The device says the name again before the reason.
  if (reason !== undefined) return { state: 'refused', why: inUnits(String(reason).replace(`${name}: `, ''), setting) };
  return { state: 'confirmed' };
}

/** A device names numbers in its own units: 2000 thousandths of g are 2 g here. */
function inUnits(reason: string, setting?: Setting): string {
  if (setting === undefined || !/^-?\d+ to -?\d+ wanted, not -?\d+$/.test(reason)) return reason;
  const { scale, unit } = shownAs(setting);
  return `${reason.replace(/-?\d+/g, (number) => String(Number(number) / scale))} ${unit}`;
}

/** 600 s are 10 min; and a report each hour. */
export function rhythm(measureEveryS: number, reportEvery: number): string {
  const time = (seconds: number) => (seconds < 60 ? `${seconds} s` : hours(seconds).replace(/ 00$/, ''));
  return `Measures every ${time(measureEveryS)}, reports every ${time(measureEveryS * reportEvery)} if nothing happens.`;
}
