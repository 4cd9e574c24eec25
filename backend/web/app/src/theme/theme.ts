import { createStore, useStore } from '../ui/store';

export type Theme = 'light' | 'dark';

const KEY = 'ullage.theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const root = document.documentElement;

export const theme = createStore<Theme>(root.dataset.theme === 'dark' ? 'dark' : 'light');

export const useTheme = (): Theme => useStore(theme, (each) => each);

/** Keep the choice until it is made again. */
export function toggleTheme(): void {
  const next = theme.get() === 'dark' ? 'light' : 'dark';
  localStorage.setItem(KEY, next);
  show(next);
}

/** Read a colour of tokens.css, for what is drawn outside the DOM. */
export function token(name: string): string {
  return getComputedStyle(root).getPropertyValue(name).trim();
}

function show(next: Theme): void {
  root.dataset.theme = next;
  theme.set(next);
}

system.addEventListener('change', (event) => {
  if (!localStorage.getItem(KEY)) show(event.matches ? 'dark' : 'light');
});
