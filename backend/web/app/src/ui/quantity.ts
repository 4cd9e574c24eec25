/** How quantities are written. */
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const money = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' });
const bigMoney = new Intl.NumberFormat('en-GB', {
  style: 'currency', currency: 'EUR', maximumFractionDigits: 0,
});

export const count = (value: number) => whole.format(value);
export const litres = (value: number) => `${whole.format(value)} l`;
export const kilograms = (value: number) => `${whole.format(value)} kg`;
export const percent = (fraction: number) => `${Math.round(fraction * 100)} %`;
export const euros = (cents: number) => money.format(cents / 100);
export const wholeEuros = (cents: number) => bigMoney.format(cents / 100);

export function distance(metres: number): string {
  return metres < 1000 ? `${Math.round(metres / 10) * 10} m` : `${tenths.format(metres / 1000)} km`;
}

export function plural(number: number, one: string, many = `${one}s`): string {
  return `${whole.format(number)} ${number === 1 ? one : many}`;
}
