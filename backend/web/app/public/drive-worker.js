// Keeps the driver's page and its hashed assets, so that a reload without signal still
// shows the list. Registered for /drive only: the console never passes through it. The
// list itself is kept by the page, and the API is never answered from here.
const CACHE = 'ullage-drive';
const PAGE = '/drive';

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(fetch(PAGE, { cache: 'no-store' }).then((page) => page.ok && keep(page)));
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(freshPage(event));
  else if (!url.pathname.startsWith('/api/')) event.respondWith(keptOrFetched(request));
});

async function freshPage(event) {
  try {
    const page = await fetch(event.request);
    if (page.ok) event.waitUntil(keep(page.clone()));
    // A proxy that answers for a server which is away has nothing for a driver.
    return page.status >= 500 ? ((await caches.match(PAGE)) ?? page) : page;
  } catch {
    return (await caches.match(PAGE)) ?? Response.error();
  }
}

async function keptOrFetched(request) {
  return (await caches.match(request)) ?? fetch(request);
}

const isHashed = (path) => path.startsWith('/assets/');

async function keep(page) {
  const cache = await caches.open(CACHE);
  const html = await page.clone().text();
  const wanted = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1]);
  await Promise.all(
    wanted.map(async (path) => (isHashed(path) && (await cache.match(path))) || cache.add(path)),
  );
  await cache.put(PAGE, page);
  const known = new Set([PAGE, ...wanted]);
  const stale = (await cache.keys()).filter((each) => !known.has(new URL(each.url).pathname));
  await Promise.all(stale.map((each) => cache.delete(each)));
}
