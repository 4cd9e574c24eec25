import type { Answer } from '../../api/types';

/** The table and the curve, for a spreadsheet. */
export function toCsv({ differences, curve, sensors }: Answer): string {
  const lines = [
    ['figure', 'before', 'after', 'low', 'high'],
    ...differences.map((each) => [each.name, each.before, each.after, each.low ?? '', each.high ?? '']),
    [],
    ['service_level', 'overflow_weight', ...Object.keys(curve[0]?.figures ?? {})],
    ...curve.map((each) => [each.aim.service_level ?? '', each.aim.overflow_weight ?? '', ...Object.values(each.figures)]),
    ...(sensors.length === 0 ? [] : [
      [],
      ['sensor_at', 'stream', 'saved_cents_a_year', 'fill_per_day', 'rate_doubt'],
      ...sensors.map((each) => [each.code, each.stream, each.saved_cents, each.fill_per_day, each.rate_doubt]),
    ]),
  ];
  return lines.map((line) => line.map(cell).join(',')).join('\r\n');
}

function cell(value: string | number): string {
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
