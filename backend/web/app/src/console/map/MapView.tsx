import 'maplibre-gl/dist/maplibre-gl.css';
import './map.css';
import { useEffect, useRef, useState } from 'react';
import { theme } from '../../theme/theme';
import { model } from '../state/model';
import { texts } from '../texts';
import { attachCamera } from './camera';
import { createMap } from './engine';
import { follow } from './follow';
import { makeGrounds, type Ground } from './ground';
import { keepGround } from './keepGround';
import { markPlaces } from './places';
import { attachPlacing } from './placing';
import { attachPointer } from './pointer';
import { attachPointing } from './pointing';

/** The map; made once, then kept up to date outside of React. */
export default function MapView() {
  const box = useRef<HTMLDivElement>(null);
  const [ground, setGround] = useState<Ground | null>(null);
  const [isDrawn, setIsDrawn] = useState(false);

  useEffect(() => {
    const leaving = new AbortController();
    void draw(box.current, leaving.signal, { setGround, setIsDrawn });
    return () => leaving.abort();
  }, []);

  return (
    <>
      <div ref={box} className="map" data-drawn={isDrawn} role="region" aria-label="Map of bins and runs" />
      {ground && <Note ground={ground} />}
      {ground?.kind !== 'online' && <p className="attribution">{texts.attribution}</p>}
    </>
  );
}

/** Say what is missing below; an online style brings its own credits and is asked no questions. */
function Note({ ground }: { ground: Ground }) {
  if (ground.kind === 'online' || (ground.basemap !== null && !ground.isFallback)) return null;
  const { noStreets, noOnlineStyle, noOnlineStyleNorStreets } = texts;
  if (!ground.isFallback) return <p className="map-note">{noStreets}</p>;
  return <p className="map-note" role="status">{ground.basemap ? noOnlineStyle : noOnlineStyleNorStreets}</p>;
}

interface Told {
  setGround: (ground: Ground) => void;
  setIsDrawn: (isDrawn: boolean) => void;
}

async function draw(box: HTMLElement | null, leaving: AbortSignal, told: Told): Promise<void> {
  const first = model.get();
  if (box === null || first === null) return;
  const grounds = makeGrounds(first.overview);
  const ground = await grounds.choose(theme.get());
  const state = model.get();
  if (leaving.aborted || state === null) return;
  const map = createMap(box, state, ground);
  attachPointer(map);
  markPlaces(map, state.overview);
  const unfollow = [
    follow(map, state), attachCamera(map), attachPointing(map), attachPlacing(map),
    keepGround(map, grounds, ground, told.setGround),
  ];
  map.once('idle', () => told.setIsDrawn(true));
  leaving.addEventListener('abort', () => {
    unfollow.forEach((stop) => stop());
    map.remove();
  });
}
