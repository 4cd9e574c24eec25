import { addProtocol } from 'maplibre-gl';
import { PMTiles, Protocol } from 'pmtiles';

/** The streets, held in memory: no tile server, no range requests. */
export interface Basemap {
  url: string;
  /** west, south, east, north */
  bounds: [number, number, number, number];
}

const protocol = new Protocol();
addProtocol('pmtiles', protocol.tile);

/** Fetch a city's whole file; null where the server has none. */
export async function loadBasemap(path: string | null): Promise<Basemap | null> {
  if (path === null) return null;
  const response = await fetch(path).catch(() => null);
  if (!response?.ok) return null;
  const bytes = await response.arrayBuffer();
  const archive = new PMTiles({
    getKey: () => path,
    getBytes: (offset, length) => Promise.resolve({ data: bytes.slice(offset, offset + length) }),
  });
  protocol.add(archive);
  const { minLon, minLat, maxLon, maxLat } = await archive.getHeader();
  return { url: `pmtiles://${path}`, bounds: [minLon, minLat, maxLon, maxLat] };
}
