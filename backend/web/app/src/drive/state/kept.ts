/** Values that outlive the page on this phone. */
const PREFIX = 'ullage.drive.';

export function readKept<T>(name: string, fallback: T): T {
  const text = localStorage.getItem(PREFIX + name);
  return text === null ? fallback : (JSON.parse(text) as T);
}

export function keep(name: string, value: unknown): void {
  localStorage.setItem(PREFIX + name, JSON.stringify(value));
}
