/* The report of an event, kept on the phone until it has arrived. The page works without it.
   What is written is sealed (AES-GCM) with a key that the browser holds and does not give out, one for each account; the key goes when she signs out,
   and without key nothing is kept. Each report has a key of its own too, under which the house takes it once, however often it is sent. */
(() => {
const WAIT = 20000, AGAIN = 20000, PAUSE = 300, KEPT = 30 * 24 * 3600e3; // milliseconds: for an answer, until the next try, after the last letter, for what was sent
const form = document.getElementById("report"), place = document.getElementById("kept");
if (!form || !place) return;
const { at, asks, worker } = place.dataset, bound = "answered" in form.dataset, wire = globalThis.BroadcastChannel && new BroadcastChannel("niangjia-report");
const chosen = form.elements.pictures, shelf = document.getElementById("pictures"), fault = document.getElementById("pictures-fault");
const MOST = 5, LONGEST = 1600, QUALITY = 0.8; // pictures of a report, points of the longer side, of the JPEG that is kept
let pictures = [], boxes = []; // as they are sent, and as they are kept
let who = place.dataset.who, base, lock, id = crypto.randomUUID?.(), stored = false, sent = false, pressed = "", tried = false, timer;

/* ---------- what is said ---------- */
const say = (what, facts = {}) => {
  place.hidden = !what;
  place.className = `alert ${what === "sent" ? "alert-success" : what === "draft" || what === "sending" ? "" : "alert-warning"}`;
  place.querySelectorAll("[data-say]").forEach((line) => { line.hidden = line.dataset.say !== what; });
  if (facts.url) { const number = place.querySelector("[data-number]"); number.href = facts.url; number.textContent = facts.reference; }
};

/* ---------- what is kept ---------- */
const done = (asked) => new Promise((ok, no) => { asked.onsuccess = () => ok(asked.result); asked.onerror = () => no(asked.error); });
const open = () => new Promise((ok, no) => {
  const asked = indexedDB.open("niangjia", 1);
  asked.onupgradeneeded = () => { for (const name of ["keys", "reports", "lease"]) asked.result.createObjectStore(name, { keyPath: "id" }); };
  asked.onsuccess = () => { asked.result.onversionchange = () => { asked.result.close(); left(); }; asked.result.onclose = left; ok(asked.result); };
  asked.onerror = () => no(asked.error);
});
const left = () => { lock = base = undefined; clearTimeout(timer); if (!sent) say("gone"); };
/* One transaction over keys and reports: what is written is written only while the account's key is still there. */
const within = (work) => new Promise((ok, no) => {
  const deal = base.transaction(["keys", "reports"], "readwrite", { durability: "strict" }), reports = deal.objectStore("reports");
  let answer;
  deal.objectStore("keys").get(who).onsuccess = (e) => { if (e.target.result) work(reports, (said) => { answer = said; }); else { answer = "gone"; } };
  deal.oncomplete = () => ok(answer); deal.onerror = deal.onabort = () => no(deal.error);
});
const all = (name) => done(base.transaction(name).objectStore(name).getAll());
const sealed = async (bytes) => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, box: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, lock, bytes) };
};
const seal = (said) => sealed(new TextEncoder().encode(JSON.stringify(said)));
const opened = (row) => Promise.all((row.pictures ?? []).map(async ({ iv, box }) => new Blob([await crypto.subtle.decrypt({ name: "AES-GCM", iv }, lock, box)], { type: "image/jpeg" })));
const unseal = async (row) => JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, lock, row.box)));
const wipe = () => new Promise((ok) => { base?.close(); base = lock = undefined; const asked = indexedDB.deleteDatabase("niangjia"); asked.onsuccess = asked.onerror = asked.onblocked = ok; });

const spoken = (extra = []) => ({
  search: location.search,
  said: [...new FormData(form), ...extra].filter(([name, text]) => typeof text === "string" && !["csrfmiddlewaretoken", "once", "key", "look"].includes(name)),
});
/* Write what stands in the form, as a draft or to be sent; another tab may have sent it in the meantime, and then it is left alone. */
const keep = async (state, extra) => {
  if (!lock) return "plain";
  const row = { id, who, state, at: Date.now(), pictures: boxes, ...await seal(spoken(extra)) };
  if (!base) return "gone";
  return within((reports, answer) => {
    reports.get(id).onsuccess = (e) => {
      const was = e.target.result?.state;
      if (was ? was !== "draft" : stored) { answer(was ?? "sent"); return; }
      reports.put(row).onsuccess = () => { stored = true; answer(state); };
    };
  });
};
const put = (row, state, box) => within((reports, answer) => {
  reports.get(row.id).onsuccess = (e) => { if (!e.target.result) return; reports.put({ ...e.target.result, state, ...box }); answer(state); };
});
const fill = (said) => {
  for (const field of form.elements) {
    const mine = said.filter(([name]) => name === field.name).map(([, text]) => text);
    if (!field.name || ["hidden", "submit"].includes(field.type)) continue;
    if (["radio", "checkbox"].includes(field.type)) field.checked = mine.includes(field.value); else field.value = mine[0] ?? "";
  }
};

/* ---------- pictures: shrunk by the browser, which leaves out what the camera wrote into them, and sealed as the words are ---------- */
const shrunk = async (file) => {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }), part = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = Object.assign(document.createElement("canvas"), { width: Math.max(1, Math.round(picture.width * part)), height: Math.max(1, Math.round(picture.height * part)) });
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff"; pen.fillRect(0, 0, canvas.width, canvas.height); // what is see-through in a PNG is white
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close?.();
  return new Promise((ok, no) => { canvas.toBlob((blob) => blob ? ok(blob) : no(new Error("no picture")), "image/jpeg", QUALITY); });
};
const shelve = async (those) => {
  pictures = those; boxes = lock ? await Promise.all(those.map(async (one) => sealed(await one.arrayBuffer()))) : [];
  shelf.hidden = !those.length;
  shelf.querySelector("[data-many]").textContent = `${those.length} / ${MOST}`;
  shelf.querySelector("ul").replaceChildren(...await Promise.all(those.map(async (blob, n) => {
    const line = document.createElement("li"), face = Object.assign(document.createElement("canvas"), { width: 96, height: 72 });
    face.setAttribute("role", "img"); face.setAttribute("aria-label", `${n + 1} / ${those.length}`);
    const picture = await createImageBitmap(blob), part = Math.min(96 / picture.width, 72 / picture.height);
    face.getContext("2d").drawImage(picture, (96 - picture.width * part) / 2, (72 - picture.height * part) / 2, picture.width * part, picture.height * part);
    line.append(face);
    return line;
  })));
};
const takeIn = async () => {
  if (!lock) return; // the files go with the form as they are, and the house makes them smaller
  const found = (await Promise.allSettled([...chosen.files].map(shrunk))).filter((one) => one.status === "fulfilled").map((one) => one.value);
  fault.hidden = found.length === chosen.files.length && pictures.length + found.length <= MOST;
  chosen.value = "";
  await shelve([...pictures, ...found].slice(0, MOST));
  await write();
};
let taking; // a picture that is being made smaller is waited for before the report goes
chosen.addEventListener("change", (e) => { if (lock) e.stopPropagation(); taking = takeIn(); });
shelf.querySelector("button").addEventListener("click", async () => { fault.hidden = true; await shelve([]); await write(); });
const handed = () => { // to the form itself, where the house wants to show what is missing
  const box = new DataTransfer();
  pictures.forEach((one, n) => box.items.add(new File([one], `${n + 1}.jpg`, { type: "image/jpeg" })));
  chosen.files = box.files;
};

/* ---------- one tab at a time sends ---------- */
const leased = async (work) => { // browsers without locks: a line in the store, taken in one transaction, that runs out by itself
  const tab = leased.tab ??= crypto.randomUUID(), until = Date.now() + 3 * WAIT;
  const mine = await new Promise((ok, no) => {
    const deal = base.transaction("lease", "readwrite"), lease = deal.objectStore("lease");
    let got = false;
    lease.get("send").onsuccess = (e) => { got = !e.target.result || e.target.result.until < Date.now() || e.target.result.tab === tab; if (got) lease.put({ id: "send", tab, until }); };
    deal.oncomplete = () => ok(got); deal.onerror = () => no(deal.error);
  });
  if (!mine) return;
  try { await work(); } finally { if (base) base.transaction("lease", "readwrite").objectStore("lease").delete("send"); }
};
const alone = (work) => navigator.locks ? navigator.locks.request("niangjia-report", work) : leased(work);

const ask = async (url, facts = {}) => { // an answer, "door" where one must sign in, nothing where there is no network
  try {
    const answer = await fetch(url, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(WAIT), ...facts });
    if (answer.type === "opaqueredirect" || answer.status === 401) return "door";
    return { status: answer.status, ...(answer.headers.get("Content-Type") ?? "").includes("json") ? await answer.json() : {} };
  } catch { return undefined; }
};
/* Send one. First it is asked whose session this is, and whether the report has arrived: an answer that was lost on the way is not a report lost. */
const send = async (row) => {
  const here = await ask(`${asks}?key=${row.id}`);
  if (!here) return "waiting";
  if (here === "door") return "door";
  if (here.status !== 200) return here.status >= 500 ? "waiting" : "door";
  if (here.who !== who) { await wipe(); return "gone"; }
  if (here.reference) return arrived(row, here);
  if (row.state !== "queued") return "";
  const { said, search } = await unseal(row), body = new FormData();
  for (const [name, text] of said) body.append(name, text);
  body.set("key", row.id); body.set("written", row.at);
  for (const [n, one] of (await opened(row)).entries()) body.append("pictures", one, `${n + 1}.jpg`);
  const answer = await ask(at + search, { method: "POST", body, headers: { "X-CSRFToken": here.token, "X-Kept-Of": who } });
  if (!answer || answer.status >= 500) return "waiting";
  if (answer === "door" || answer.status === 403) return "door";
  if (answer.fault === "account") { await wipe(); return "gone"; }
  if (answer.reference) return arrived(row, answer);
  await put(row, "draft");
  if (row.id === id && pressed) { native(here.token, pressed); return "sending"; }
  return "look";
};
const arrived = async (row, { reference, url }) => {
  await put(row, "sent", { pictures: [], ...await seal({ reference, url }) });
  wire?.postMessage(row.id);
  took(row.id, { reference, url });
  return "sent";
};
const took = (which, facts) => {
  say("sent", facts);
  if (which !== id) return;
  sent = true;
  if (pressed) { location.assign(facts.url); return; }
  form.reset(); fresh();
};
const fresh = () => { id = crypto.randomUUID(); stored = sent = false; pressed = ""; shelve([]); };
/* What the house does not take as it is: the form goes there as forms do, and comes back with what is missing. */
const native = (token, name) => {
  const add = (key, text) => { const field = form.elements[key] ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: key })); field.value = text; };
  add("csrfmiddlewaretoken", token); add("key", id);
  if (name === "keep") form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "keep", value: "1" }));
  form.method = "post"; form.enctype = "multipart/form-data"; form.action = at + location.search;
  handed();
  form.submit();
};
const drain = async () => {
  clearTimeout(timer);
  if (!lock) return;
  let said = "";
  const waiting = async () => (await all("reports")).filter((row) => row.who === who && row.state === "queued");
  await alone(async () => {
    const drafts = tried ? [] : (await all("reports")).filter((row) => row.who === who && row.state === "draft");
    tried = true;
    for (const row of [...await waiting(), ...drafts]) {
      if (row.state === "queued") say("sending");
      said = await send(row) || said;
      if (["waiting", "door", "gone"].includes(said)) { if (row.state !== "queued" && said !== "gone") said = ""; break; }
    }
  });
  if (said && said !== "sent") say(said);
  if (base && (await waiting()).length) timer = setTimeout(drain, AGAIN);
};

/* ---------- the page ---------- */
const tell = async () => { // what another tab has sent, or an earlier page of this one
  for (const row of base ? await all("reports") : []) {
    if (row.who !== who || row.state !== "sent") continue;
    if (row.id === id || !row.shown) took(row.id, await unseal(row));
    if (row.id !== id) await put(row, "sent", { shown: true });
  }
};
const old = (rows) => rows.filter((row) => row.state === "sent" && row.at < Date.now() - KEPT) // as long as a tab may stay open with the same draft in it
  .forEach((row) => base.transaction("reports", "readwrite").objectStore("reports").delete(row.id));

const begin = async () => {
  form.querySelectorAll("button[disabled]").forEach((button) => { button.disabled = false; });
  try {
    if (!globalThis.indexedDB || !crypto.subtle) throw new Error("no store");
    base = await open();
    const keys = await all("keys");
    if (who && keys.some((one) => one.id !== who)) { await wipe(); base = await open(); }
    who ||= keys[0]?.id ?? "";
    lock = keys.find((one) => one.id === who)?.key;
    if (!lock && place.dataset.who) {
      const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
      const deal = base.transaction("keys", "readwrite", { durability: "strict" }), keys = deal.objectStore("keys");
      keys.get(who).onsuccess = (e) => { if (!e.target.result) keys.put({ id: who, key: made, at: Date.now() }); }; // another tab may have been quicker
      await new Promise((ok, no) => { deal.oncomplete = ok; deal.onerror = deal.onabort = () => no(deal.error); });
      lock = (await done(base.transaction("keys").objectStore("keys").get(who))).key;
    }
  } catch { base?.close(); base = lock = undefined; }
  if (!lock) { say("plain"); return; }
  navigator.storage?.persist?.().catch(() => {});
  const rows = (await all("reports")).filter((row) => row.who === who);
  old(rows);
  for (const row of rows.filter((one) => one.state === "draft").sort((one, two) => two.at - one.at)) {
    const { said, search } = await unseal(row).catch(() => ({ search: null }));
    if (search !== location.search) continue;
    ({ id } = row); stored = true;
    await shelve(await opened(row));
    if (!bound) { fill(said); say("draft"); }
    break;
  }
  if (bound) await keep("draft");
  await tell();
  await drain();
  if (worker && place.dataset.who) navigator.serviceWorker?.register(worker, { scope: at }).catch(() => {});
};

let writing;
const write = async () => { clearTimeout(writing); writing = undefined; const state = await keep("draft"); if (state === "draft") say("draft"); else if (state === "gone") left(); else if (state === "sent") await tell(); };
const touched = () => { if (lock) { clearTimeout(writing); writing = setTimeout(write, PAUSE); } };
form.addEventListener("input", touched);
form.addEventListener("change", touched);
const hide = () => { if (writing) write(); };
addEventListener("pagehide", hide);
document.addEventListener("visibilitychange", () => { if (document.hidden) hide(); else drain(); });
addEventListener("online", drain);
wire?.addEventListener("message", () => { tell(); });

form.addEventListener("submit", async (e) => {
  const name = e.submitter?.name ?? "";
  if (name === "look" || !lock) { if (!lock && !form.elements.csrfmiddlewaretoken) e.preventDefault(); return; }
  e.preventDefault();
  if (pressed) return;
  pressed = name || "send";
  await taking;
  clearTimeout(writing); writing = undefined;
  const state = await keep("queued", e.submitter?.name ? [[e.submitter.name, e.submitter.value]] : []).catch(() => "gone");
  if (state === "gone") { left(); pressed = ""; return; }
  stored = true;
  if (state === "sent") { await tell(); return; }
  await drain();
  if (!sent && base && place.querySelector('[data-say="waiting"]:not([hidden]), [data-say="door"]:not([hidden])')) { form.reset(); fresh(); }
});
begin();
})();
