// Reading without a network is switched off: a worker of an earlier build makes room for this one, which leaves nothing behind.
// What the earlier one was doing may write a little longer, so caches are removed twice.
const LONGER = 1500;
const ours = (name) => name.startsWith(`bantin ${registration.scope} `);
const clean = async () => Promise.all((await caches.keys()).filter(ours).map((name) => caches.delete(name)));
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => {
  const leave = async () => {
    await clean();
    await new Promise((done) => setTimeout(done, LONGER));
    await clean();
    await registration.unregister();
  };
  event.waitUntil(leave());
});
