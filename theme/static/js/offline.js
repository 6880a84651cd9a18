// Has the service worker keep what is read. sw.js lies beside the manifest, at the root of the site.
const workers = navigator.serviceWorker;
const root = document.querySelector("link[rel=manifest]").href;

addEventListener("load", () => {
  // The first page was there before the worker, so the worker is told what belongs to it.
  const first = () => workers.controller?.postMessage([location.href, ...performance.getEntriesByType("resource").map(({ name }) => name)]);
  if (workers && !workers.controller) workers.addEventListener("controllerchange", first, { once: true });
  workers?.register(new URL("sw.js", root)).catch(() => {}); // storage is switched off
});
