// Keeps what was read. Pages come from the network, and from the cache where there is none; files whose address
// changes with their bytes come from the cache. Constants above this line are written by the build.
const PREFIX = `bantin ${registration.scope} `;
const [PAGES, PICTURES, THEME] = ["trang", "anh", `giao-dien ${VERSION}`].map((name) => PREFIX + name);
const MOST = { [PAGES]: 60, [PICTURES]: 80 };
const at = (path) => new URL(path, registration.scope).href;
// Windows that show a kept page: it may ask for an earlier theme.
const fromCache = new Set();

/** The cache of a file whose address changes with its bytes. */
function placeOf(url) {
  if (url.startsWith(at(PICTURE_FOLDER))) return PICTURES;
  return url.startsWith(at(THEME_FOLDER)) && url.includes("?v=") && THEME;
}

/** Keeps a sound answer under an address, and no more than MOST of them: those fetched longest ago go. */
async function keep(name, key, response) {
  const sound = response.status === 200 && response.type === "basic" && !response.redirected;
  const html = response.headers.get("Content-Type")?.startsWith("text/html");
  if (!sound || (name === PAGES && (!html || key === at(OFFLINE)))) return;
  if (self.serviceWorker?.state === "redundant") return; // a newer worker has cleaned up
  const copy = response.clone();
  const cache = await caches.open(name);
  await cache.put(key, copy);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - (MOST[name] ?? Infinity))).map((old) => cache.delete(old)));
}

async function networkFirst(event, name) {
  const key = event.request.url.split(/[?#]/)[0];
  const kept = async () => (await caches.open(name)).match(key);
  try {
    const response = await fetch(event.request);
    if (response.status >= 500) return (await kept()) ?? response;
    event.waitUntil(keep(name, key, response).catch(() => {}));
    return response;
  } catch {
    fromCache.add(event.resultingClientId);
    return (await kept()) || (name === PAGES && (await caches.match(at(OFFLINE)))) || Response.error();
  }
}

async function cacheFirst(event, name) {
  const { request } = event;
  const cache = await caches.open(name);
  const kept = await cache.match(request);
  if (kept) return kept;
  try {
    const response = await fetch(request);
    event.waitUntil(keep(name, request.url, response).catch(() => {}));
    return response;
  } catch {
    // Another size of the picture, or this theme's file for a page that was kept with an earlier one.
    const bare = (url) => url.replace(/(-\d+\.\w+|\?.*)$/, "");
    const like = (await cache.keys()).find(({ url }) => bare(url) === bare(request.url));
    return (like && (name === PICTURES || fromCache.has(event.clientId)) && (await cache.match(like))) || Response.error();
  }
}

addEventListener("install", (event) => {
  skipWaiting();
  const shell = SHELL.map((path) => new Request(at(path), { cache: "no-cache" }));
  event.waitUntil(caches.open(THEME).then((cache) => cache.addAll(shell)));
});

addEventListener("activate", (event) => {
  const stale = (name) => name.startsWith(PREFIX) && ![PAGES, PICTURES, THEME].includes(name);
  const clean = async () => Promise.all((await caches.keys()).filter(stale).map((name) => caches.delete(name)));
  event.waitUntil(clean().then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method !== "GET" || !url.startsWith(registration.scope)) return;
  const place = placeOf(url);
  if (mode === "navigate") event.respondWith(networkFirst(event, PAGES));
  else if (place) event.respondWith(cacheFirst(event, place));
  else if (url.startsWith(at(THEME_FOLDER))) event.respondWith(networkFirst(event, THEME));
});

// The first page was there before the worker: it sends its own address and those of its files.
addEventListener("message", (event) => {
  const names = event.data.map((url, index) => (index ? placeOf(url) : PAGES));
  const fetched = event.data.map(async (url, index) => {
    if (names[index]) await keep(names[index], index ? url : url.split(/[?#]/)[0], await fetch(url));
  });
  event.waitUntil(Promise.allSettled(fetched));
});
