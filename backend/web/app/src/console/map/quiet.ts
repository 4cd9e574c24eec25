import { namedFlavor, type Flavor } from '@protomaps/basemaps';
import type { Theme } from '../../theme/theme';

interface Quiet {
  ground: string;
  green: string;
  water: string;
  building: string;
  street: string;
  edge: string;
  path: string;
  rail: string;
  label: string;
}

const QUIET: Record<Theme, Quiet> = {
  light: {
    ground: '#eef0ee', green: '#dfe9e0', water: '#cfe0e6', building: '#e3e7e4', street: '#ffffff',
    edge: '#dde2df', path: '#e6eae7', rail: '#d3d9d6', label: '#76847d',
  },
  dark: {
    ground: '#111817', green: '#16241e', water: '#11272f', building: '#19221f', street: '#2d3936',
    edge: '#131a19', path: '#1d2624', rail: '#263130', label: '#7d8f88',
  },
};

const EDGES = /casing/;
const PATHS = /^(other|minor_service|tunnel_|bridges_other)/;
const STREETS = /^(minor_|link|major|highway|bridges_|pier)/;
const GREENS = /^(park_|wood_|scrub_|zoo)/;

/** The streets as a quiet stage: what matters on this map is drawn on top of it. */
export function quietFlavour(theme: Theme): Flavor {
  const quiet = QUIET[theme];
  const flavour = namedFlavor(theme);
  for (const key of Object.keys(flavour) as (keyof Flavor)[]) {
    if (typeof flavour[key] === 'string') Object.assign(flavour, { [key]: paint(key, quiet) });
  }
  return { ...flavour, railway: quiet.rail, buildings: quiet.building, water: quiet.water };
}

export const groundColour = (theme: Theme): string => QUIET[theme].ground;

function paint(key: string, quiet: Quiet): string {
  if (key.endsWith('_halo')) return quiet.ground;
  if (key.includes('label')) return quiet.label;
  if (EDGES.test(key)) return quiet.edge;
  if (PATHS.test(key)) return quiet.path;
  if (STREETS.test(key)) return quiet.street;
  if (GREENS.test(key)) return quiet.green;
  return quiet.ground;
}
