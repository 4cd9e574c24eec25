import 'maplibre-gl/dist/maplibre-gl.css';
import './map.css';
import { useEffect, useRef, useState } from 'react';
import { model } from '../state/model';
import { texts } from '../texts';
import { loadBasemap } from './basemap';
import { attachCamera } from './camera';
import { createMap } from './engine';
import { follow } from './follow';
import { markPlaces } from './places';
import { attachPointer } from './pointer';

/** The map; made once, then kept up to date outside of React. */
export default function MapView() {
  const box = useRef<HTMLDivElement>(null);
  const [hasStreets, setHasStreets] = useState(true);
  const [isDrawn, setIsDrawn] = useState(false);

  useEffect(() => {
    const leaving = new AbortController();
    void draw(box.current, leaving.signal, { setHasStreets, setIsDrawn });
    return () => leaving.abort();
  }, []);

  return (
    <>
      <div ref={box} className="map" data-drawn={isDrawn} role="region" aria-label="Map of bins and runs" />
      {!hasStreets && <p className="map-note">{texts.noStreets}</p>}
      <p className="attribution">{texts.attribution}</p>
    </>
  );
}

interface Told {
  setHasStreets: (hasStreets: boolean) => void;
  setIsDrawn: (isDrawn: boolean) => void;
}

async function draw(box: HTMLElement | null, leaving: AbortSignal, told: Told): Promise<void> {
  const first = model.get();
  if (box === null || first === null) return;
  const basemap = await loadBasemap(first.overview.basemap_url);
  const state = model.get();
  if (leaving.aborted || state === null) return;
  told.setHasStreets(basemap !== null);
  const map = createMap(box, state, basemap);
  attachPointer(map);
  markPlaces(map, state.overview);
  const unfollow = [follow(map, basemap, state), attachCamera(map)];
  map.once('idle', () => told.setIsDrawn(true));
  leaving.addEventListener('abort', () => {
    unfollow.forEach((stop) => stop());
    map.remove();
  });
}
