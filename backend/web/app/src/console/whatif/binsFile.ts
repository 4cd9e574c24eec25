import { parse } from 'papaparse';

import type { WhatIfBin } from '../../api/types';
import { count, plural } from '../../ui/quantity';

/** New bins as a file states them. */
export interface BinsFile {
  name: string;
  bins: readonly WhatIfBin[];
  /** Columns that mean nothing here. */
  unknown: readonly string[];
}

/** What is wrong with a file, line by line. */
export class BinsFileError extends Error {
  constructor(message: string, readonly lines: readonly string[] = []) {
    super(message);
  }
}

// As the API takes them (NewBin, WhatIf.more_bins).
export const MOST_BINS = 2000;
const REQUIRED = ['stream', 'volume_l', 'lat_deg', 'lon_deg'];
const USUAL_SERVICE_S = 120;
const NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;
const TRUE = ['1', 'yes', 'true'];
const FALSE = ['', '0', 'no', 'false'];

interface Limits {
  low: number;
  high: number;
  what: string;
}
const NUMBERS: Readonly<Record<string, Limits>> = {
  volume_l: { low: Number.MIN_VALUE, high: Infinity, what: 'litres, above 0' },
  lat_deg: { low: -90, high: 90, what: 'degrees, -90 to 90' },
  lon_deg: { low: -180, high: 180, what: 'degrees, -180 to 180' },
  fill_per_day: { low: Number.MIN_VALUE, high: 5, what: 'the share of the bin that fills a day, above 0, at most 5' },
  service_s: { low: 0, high: Infinity, what: 'seconds, 0 or more' },
};
const KNOWN = [...Object.keys(NUMBERS), 'stream', 'has_sensor'];

export const EXAMPLE = [
  'stream,volume_l,lat_deg,lon_deg,fill_per_day,service_s,has_sensor',
  'glass,1100,60.1699,24.9384,,,no',
  'glass,2400,60.1712,24.9442,0.15,180,yes',
].join('\r\n');

/** Read new bins from a CSV text; all of them, or what is wrong. */
export function readBinsFile(name: string, text: string, streams: readonly string[]): BinsFile {
  const [head, ...rows] = readRows(text);
  const columns = head?.cells.map((each) => each.toLowerCase()) ?? [];
  const missing = REQUIRED.filter((each) => !columns.includes(each));
  if (missing.length > 0) {
    throw new BinsFileError(`Its first line has no ${missing.join(', ')}. Name the columns there: ${REQUIRED.join(', ')}.`);
  }
  if (rows.length === 0) throw new BinsFileError('There is no bin below its first line.');
  if (rows.length > MOST_BINS) throw new BinsFileError(`It has ${count(rows.length)} bins. Ask of at most ${count(MOST_BINS)} at once.`);
  const read = rows.map((row) => readBin(row, columns, streams));
  const wrongs = read.flatMap((each) => (typeof each === 'string' ? [each] : []));
  if (wrongs.length > 0) throw new BinsFileError(`Mend ${plural(wrongs.length, 'line')} and choose the file again:`, wrongs);
  return { name, bins: read.filter((each) => typeof each !== 'string'), unknown: columns.filter((each) => !KNOWN.includes(each)) };
}

interface Row {
  line: number;
  cells: readonly string[];
}

/** The rows that are not empty, and where they are. */
function readRows(text: string): Row[] {
  const { data } = parse<string[]>(text, { delimitersToGuess: [',', ';'], transform: (cell) => cell.trim() });
  return data.map((cells, index) => ({ line: index + 1, cells })).filter(({ cells }) => cells.some((each) => each !== ''));
}

function readBin({ line, cells }: Row, columns: readonly string[], streams: readonly string[]): WhatIfBin | string {
  const cell = (name: string) => cells[columns.indexOf(name)] ?? '';
  const wrongs: string[] = [];
  const number = (name: string): number | null => {
    const said = judge(name, cell(name));
    if (typeof said === 'string') wrongs.push(said);
    return typeof said === 'number' ? said : null;
  };
  const stream = cell('stream');
  if (!streams.includes(stream)) wrongs.push(stream === '' ? 'stream is missing' : `stream “${stream}” has no bin yet to learn from; known are ${streams.join(', ')}`);
  const sensor = cell('has_sensor').toLowerCase();
  if (!TRUE.includes(sensor) && !FALSE.includes(sensor)) wrongs.push(`has_sensor “${sensor}” must be yes or no`);
  const bin = {
    stream,
    volume_l: number('volume_l') ?? 0,
    lat_deg: number('lat_deg') ?? 0,
    lon_deg: number('lon_deg') ?? 0,
    fill_per_day: number('fill_per_day'),
    service_s: number('service_s') ?? USUAL_SERVICE_S,
    has_sensor: TRUE.includes(sensor),
  };
  return wrongs.length > 0 ? `Line ${line}: ${wrongs.join('; ')}` : bin;
}

/** The number of a cell, why it is none, or null where nothing is said and nothing need be. */
function judge(name: string, text: string): number | string | null {
  if (text === '') return REQUIRED.includes(name) ? `${name} is missing` : null;
  if (!NUMBER.test(text)) return `${name} “${text}” must be a number${text.includes(',') ? ' with a decimal point' : ''}`;
  const { low, high, what } = NUMBERS[name] ?? { low: -Infinity, high: Infinity, what: '' };
  const value = Number(text);
  if (value < low || value > high) return `${name} ${text} must be ${what}`;
  return name === 'service_s' && !Number.isInteger(value) ? `${name} ${text} must be whole seconds` : value;
}
