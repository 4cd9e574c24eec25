/** The words of the sheet, in the languages that directions come in. */
export interface Words {
  run: string;
  depot: string;
  start: string;
  home: string;
  distance: string;
  driving: string;
  stops: string;
  load: string;
  driver: string;
  tip: string;
  rest: string;
  wayHome: string;
  noWay: string;
  left: string;
  right: string;
  expected: string;
  weight: string;
  done: string;
  estimate: string;
  page: string;
  streams: Record<string, string>;
}

const en: Words = {
  run: 'Run sheet', depot: 'Depot', start: 'Start', home: 'Home', distance: 'Distance', driving: 'Driving', stops: 'Stops',
  load: 'To collect', driver: 'Driver', tip: 'Tip', rest: 'Break', wayHome: 'Way home',
  noWay: 'No turns: this city has no street map.', left: 'on the left', right: 'on the right', expected: 'expected',
  weight: 'Weight', done: 'Done', estimate: '≈ Times and distances are estimates without a street map.', page: 'Page',
  streams: {
    residual: 'Residual', packaging: 'Packaging', paper: 'Paper', glass: 'Glass', organic: 'Organic', textiles: 'Textiles',
    'e-waste': 'E-waste', batteries: 'Batteries', 'cooking-oil': 'Cooking oil', chemicals: 'Chemicals',
  },
};

const de: Words = {
  run: 'Tourenblatt', depot: 'Depot', start: 'Abfahrt', home: 'Rückkehr', distance: 'Strecke', driving: 'Fahrzeit', stops: 'Halte',
  load: 'Menge', driver: 'Fahrer', tip: 'Entladen', rest: 'Pause', wayHome: 'Heimweg',
  noWay: 'Keine Wegbeschreibung: Für diese Stadt gibt es keine Straßenkarte.', left: 'links', right: 'rechts', expected: 'erwartet',
  weight: 'Gewicht', done: 'Erledigt', estimate: '≈ Zeiten und Strecken sind ohne Straßenkarte geschätzt.', page: 'Seite',
  streams: {
    residual: 'Restmüll', packaging: 'Verpackungen', paper: 'Papier', glass: 'Glas', organic: 'Bioabfall', textiles: 'Textilien',
    'e-waste': 'Elektroschrott', batteries: 'Batterien', 'cooking-oil': 'Speiseöl', chemicals: 'Chemikalien',
  },
};

const fr: Words = {
  run: 'Feuille de tournée', depot: 'Dépôt', start: 'Départ', home: 'Retour', distance: 'Distance', driving: 'Conduite', stops: 'Arrêts',
  load: 'À collecter', driver: 'Conducteur', tip: 'Vidage', rest: 'Pause', wayHome: 'Retour au dépôt',
  noWay: 'Pas d’itinéraire : cette ville n’a pas de carte des rues.', left: 'à gauche', right: 'à droite', expected: 'attendu',
  weight: 'Poids', done: 'Fait', estimate: '≈ Heures et distances estimées sans carte des rues.', page: 'Page',
  streams: {
    residual: 'Ordures résiduelles', packaging: 'Emballages', paper: 'Papier', glass: 'Verre', organic: 'Biodéchets', textiles: 'Textiles',
    'e-waste': 'Déchets électroniques', batteries: 'Piles', 'cooking-oil': 'Huile de cuisson', chemicals: 'Produits chimiques',
  },
};

const es: Words = {
  run: 'Hoja de ruta', depot: 'Base', start: 'Salida', home: 'Regreso', distance: 'Distancia', driving: 'Conducción', stops: 'Paradas',
  load: 'Por recoger', driver: 'Conductor', tip: 'Descarga', rest: 'Descanso', wayHome: 'Regreso a la base',
  noWay: 'Sin indicaciones: esta ciudad no tiene mapa de calles.', left: 'a la izquierda', right: 'a la derecha', expected: 'previsto',
  weight: 'Peso', done: 'Hecho', estimate: '≈ Horas y distancias estimadas sin mapa de calles.', page: 'Página',
  streams: {
    residual: 'Resto', packaging: 'Envases', paper: 'Papel', glass: 'Vidrio', organic: 'Orgánica', textiles: 'Textiles',
    'e-waste': 'Residuos electrónicos', batteries: 'Pilas', 'cooking-oil': 'Aceite de cocina', chemicals: 'Productos químicos',
  },
};

const fi: Words = {
  run: 'Ajolista', depot: 'Varikko', start: 'Lähtö', home: 'Paluu', distance: 'Matka', driving: 'Ajoaika', stops: 'Pysähdykset',
  load: 'Kerättävää', driver: 'Kuljettaja', tip: 'Tyhjennys', rest: 'Tauko', wayHome: 'Paluu varikolle',
  noWay: 'Ei ajo-ohjeita: kaupungilla ei ole katukarttaa.', left: 'vasemmalla', right: 'oikealla', expected: 'täynnä (arvio)',
  weight: 'Paino', done: 'Tehty', estimate: '≈ Ajat ja matkat on arvioitu ilman katukarttaa.', page: 'Sivu',
  streams: {
    residual: 'Sekajäte', packaging: 'Pakkaukset', paper: 'Paperi', glass: 'Lasi', organic: 'Biojäte', textiles: 'Tekstiilit',
    'e-waste': 'Sähkölaitteet', batteries: 'Paristot', 'cooking-oil': 'Ruokaöljy', chemicals: 'Kemikaalit',
  },
};

export const LANGUAGES: Record<string, { name: string; words: Words }> = {
  en: { name: 'English', words: en },
  de: { name: 'Deutsch', words: de },
  fr: { name: 'Français', words: fr },
  es: { name: 'Español', words: es },
  fi: { name: 'Suomi', words: fi },
};

export const wordsOf = (language: string): Words => LANGUAGES[language]?.words ?? en;
