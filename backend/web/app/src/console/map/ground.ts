import type { StyleSpecification } from 'maplibre-gl';
import type { Overview } from '../../api/types';
import type { Theme } from '../../theme/theme';
import { loadBasemap, type Basemap } from './basemap';

/** What the operator's own layers are drawn on. */
export type Ground =
  | { kind: 'online'; style: StyleSpecification }
  /** `isFallback`: an online style was set, and could not be had. */
  | { kind: 'offline'; basemap: Basemap | null; isFallback: boolean };

const PATIENCE_MS = 8000;

/** Grounds for one console, each fetched once; what failed is not asked for again. */
export function makeGrounds({ map_style_url: day, map_style_url_dark: night, basemap_url }: Overview) {
  const styles = new Map<string, StyleSpecification | null>();
  let basemap: Promise<Basemap | null> | undefined;
  const urlOf = (theme: Theme) => (theme === 'dark' ? (night ?? day) : day);

  async function choose(theme: Theme): Promise<Ground> {
    const url = urlOf(theme);
    if (url !== null && !styles.has(url)) styles.set(url, await fetchStyle(url));
    const style = url === null ? null : (styles.get(url) ?? null);
    if (style !== null) return { kind: 'online', style };
    basemap ??= loadBasemap(basemap_url);
    return { kind: 'offline', basemap: await basemap, isFallback: url !== null };
  }

  /** The style came, but not what it is drawn of. */
  function distrust(theme: Theme): void {
    const url = urlOf(theme);
    if (url !== null) styles.set(url, null);
  }

  return { choose, distrust };
}

async function fetchStyle(url: string): Promise<StyleSpecification | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const style: unknown = response.ok ? await response.json() : null;
    return isStyle(style) ? style : null;
  } catch {
    // No network, no permission from its server, no JSON: all the same to who wants a map.
    return null;
  }
}

function isStyle(told: unknown): told is StyleSpecification {
  const style = told as Partial<StyleSpecification> | null;
  return style?.version === 8 && Array.isArray(style.layers) && typeof style.sources === 'object';
}
