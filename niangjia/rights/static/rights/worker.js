/* The worker of the report's own addresses: without a network, or with one that does not answer soon, the empty form opens from what is kept.
   It keeps that form and its own files, nobody's data; what is written and sent is no business of its. SET is put in front by the server. */
const PATIENCE = 6000; // milliseconds that a page is waited for

addEventListener("install", (e) => e.waitUntil((async () => {
  const kept = await caches.open(SET.name);
  await kept.addAll([SET.page, ...SET.files].map((url) => new Request(url, { cache: "reload" })));
  await skipWaiting();
})()));

addEventListener("activate", (e) => e.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("report-") && name !== SET.name) await caches.delete(name);
  await clients.claim();
})()));

const from = async (url) => (await (await caches.open(SET.name)).match(url, { ignoreVary: true })) ?? Response.error();

const page = async (request) => {
  const late = new Promise((done) => { setTimeout(done, PATIENCE); });
  const answer = fetch(request).catch(() => undefined);
  return (await Promise.race([answer, late])) ?? from(SET.page);
};

addEventListener("fetch", (e) => {
  const url = new URL(e.request.url);
  if (e.request.method !== "GET" || url.origin !== location.origin) return;
  if (e.request.mode === "navigate") { if (url.pathname === SET.at) e.respondWith(page(e.request)); }
  else if (SET.files.includes(url.pathname)) e.respondWith(fetch(e.request).catch(() => from(url.pathname)));
});
