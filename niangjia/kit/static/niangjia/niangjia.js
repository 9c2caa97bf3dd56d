/* Niangjia: the little script. Every page works without it.
   1. "/" goes to the search box.  2. A chart is drawn from the table it stands in front of.  3. A figure's note opens in the margin.
   4. Arrows walk in a grid and a tree.  5. An answer that is a page of its own takes the place of the page.  6. A question gets the focus.  7. Who signs out leaves nothing. */
const me = document.currentScript;

addEventListener("keydown", (e) => {
  if (e.key !== "/" || e.ctrlKey || e.metaKey || e.target.closest("input,textarea,select,[contenteditable]")) return;
  const box = document.getElementById("find");
  if (box) { e.preventDefault(); box.focus(); }
});

/* <div class="n-chart" data-of="table-id" data-kind="bar|rank|line" hidden></div>: first column = categories, other numeric columns = series;
   a row of class is-part (a period not yet over) is drawn hollow, a row of class is-sum is left out; a head with data-skip is no series */
let theme;
const library = () => window.echarts ? Promise.resolve() : new Promise((done, fail) => {
  const script = document.createElement("script");
  Object.assign(script, { src: me.dataset.echarts, onload: done, onerror: fail });
  document.head.append(script);
});
const number = (cell) => { const said = cell.textContent.replace("−", "-").replace(/[^\d.-]/g, ""); return said === "" ? null : parseFloat(said); };

function draw(box) {
  const table = document.getElementById(box.dataset.of);
  if (!table || box.dataset.drawn) return;
  box.dataset.drawn = "1";
  const rank = box.dataset.kind === "rank", kind = box.dataset.kind === "line" ? "line" : "bar";
  const heads = [...table.tHead.rows[0].cells], all = [...table.tBodies[0].rows].filter((r) => !/is-(sum|group)/.test(r.className));
  const some = rank ? all.filter((r) => [...r.cells].slice(1).some(number)) : all;
  const rows = rank ? (some.length ? some.slice(0, 16) : all.slice(0, 6)) : all; // the table, which is in order, has the rest
  const columns = heads.map((h, i) => i).filter((i) => i && heads[i].classList.contains("n-num") && !("skip" in heads[i].dataset));
  const one = columns.length === 1, phone = matchMedia("(max-width: 991px)").matches;
  const named = (r) => (r.cells[0].firstChild ?? r.cells[0]).textContent.trim(); // without what stands small behind it
  const names = { type: "category", data: rows.map(named), inverse: rank, axisLabel: { interval: rank || !phone ? 0 : "auto" } };
  const values = { type: "value", scale: kind === "line" };
  if (rank || one) values.show = false;
  if (rank) box.classList.add(rows.length > 12 ? "is-tall" : rows.length > 6 ? "is-mid" : "is-low");
  box.hidden = false;
  table.closest("details.n-data")?.removeAttribute("open"); // without script the table stands open and there is no chart
  const chart = echarts.init(box, "niangjia", { renderer: "svg" });
  chart.setOption({
    animation: false, aria: { enabled: true }, tooltip: { trigger: "axis", axisPointer: { type: "none" } },
    legend: { show: !one, top: 0, left: 0 },
    grid: rank ? { left: 0, right: 72, top: 4, bottom: 0, containLabel: true } : { left: one ? 0 : 44, right: 0, top: one ? 26 : 40, bottom: 28 },
    xAxis: rank ? values : names, yAxis: rank ? { ...names, axisLine: { show: false } } : values,
    series: columns.map((i) => ({
      type: kind, name: heads[i].firstChild?.textContent.trim() ?? "", barMaxWidth: rank ? 14 : 44,
      data: rows.map((r) => ({ value: number(r.cells[i]), itemStyle: r.classList.contains("is-part") ? { color: "transparent", borderColor: theme.color[0], borderWidth: 1.5 } : {} })),
      label: { show: kind === "bar" && one, position: rank ? "right" : "top", formatter: (p) => p.value?.toLocaleString("en-US") ?? "" },
    })),
  });
  new ResizeObserver(() => chart.resize()).observe(box);
}

async function charts(within) {
  const found = [...within.querySelectorAll(".n-chart[data-of]")];
  if (!found.length || !me.dataset.echarts) return;
  try {
    await library();
    if (!theme) {
      theme = await (await fetch(me.dataset.theme)).json();
      echarts.registerTheme("niangjia", theme);
    }
  } catch { return; } // the tables say it all
  found.forEach(draw);
}
charts(document);
const folded = new Set(); // on paper the table says what the chart shows
addEventListener("beforeprint", () => document.querySelectorAll("details.n-data:not([open])").forEach((d) => { d.open = true; folded.add(d); }));
addEventListener("afterprint", () => { folded.forEach((d) => { d.open = false; }); folded.clear(); });
addEventListener("htmx:load", (e) => charts(e.target));

/* <a class="n-fig" data-note="id"> and <aside class="n-note" id="id" hidden>: the note opens where the reader points */
const point = (e) => {
  const link = e.target.closest(".n-fig[data-note]"), notes = document.querySelectorAll(".n-margin > .n-note");
  if (!link || !notes.length) return;
  document.querySelectorAll(".n-fig.is-open").forEach((f) => f.classList.remove("is-open"));
  link.classList.add("is-open");
  notes.forEach((n) => { n.hidden = n.id !== link.dataset.note; });
};
addEventListener("mouseover", point);
addEventListener("focusin", point);

/* .n-grid: Enter and the arrows go to the same cell of the next row, Alt and a letter press the row's answer of that letter (data-answer),
   Escape writes back what stood in the cell, and what is being typed outlives the answer to the cell before.
   .n-tree: up and down walk, right unfolds, left folds or goes to the parent */
addEventListener("keydown", (e) => {
  const row = e.target.closest(":is(.n-grid, .n-tree) tbody tr");
  if (!row || e.ctrlKey || e.metaKey) return;
  const tree = row.closest(".n-tree"), rows = [...row.parentElement.rows], at = rows.indexOf(row);
  const depth = (r) => Number(/in-(\d)/.exec(r.className)?.[1] ?? 0), twist = row.querySelector("a.n-twist");
  let to;
  if (e.altKey) { row.querySelector(`[data-answer="${CSS.escape(e.key.toLowerCase())}"]`)?.click(); return; }
  if (e.target.matches("select")) return;
  if (e.key === "Escape" && e.target.matches("input")) { e.target.value = e.target.defaultValue; return; }
  if (e.key === "ArrowDown" || (e.key === "Enter" && e.target.matches("input"))) to = rows[at + 1];
  else if (e.key === "ArrowUp") to = rows[at - 1];
  else if (tree && e.key === "ArrowRight" && twist?.ariaExpanded === "false") twist.click();
  else if (tree && e.key === "ArrowLeft" && twist?.ariaExpanded === "true") twist.click();
  else if (tree && e.key === "ArrowLeft") to = rows.slice(0, at).reverse().find((r) => depth(r) < depth(row));
  else return;
  e.preventDefault();
  const next = tree ? to?.querySelector("th a:not(.n-twist), td a") : to?.cells[e.target.closest("td").cellIndex]?.querySelector("input, select, button");
  if (next) next.focus(); else if (e.key === "Enter") e.target.blur(); // the last cell is sent too
});
const typed = new Map();
addEventListener("htmx:beforeSwap", (e) => {
  const at = document.activeElement;
  if (at?.matches(".n-grid input") && e.detail.target.contains(at) && at.value !== at.defaultValue) typed.set(at.id, at.value);
});
addEventListener("htmx:afterSettle", () => { typed.forEach((value, id) => { const at = document.getElementById(id); if (at) at.value = value; }); typed.clear(); });

/* an answer to a fragment's request that is a whole page (a refusal, a rule, the door) takes the place of the page */
addEventListener("htmx:beforeSwap", (e) => {
  const answer = e.detail;
  if (!/<main[^>]* id="main"/.test(answer.xhr.responseText)) return;
  Object.assign(answer, { shouldSwap: true, isError: false, target: document.getElementById("main"), selectOverride: "#main", swapOverride: "outerHTML" });
});

/* a question that opens takes the focus, Escape closes it, and a menu closes when one looks away */
addEventListener("hashchange", () => document.querySelector(".n-dialog:target :is(textarea, input:not([type=hidden]), select, button)")?.focus());
addEventListener("keydown", (e) => { if (e.key === "Escape" && document.querySelector(":is(.n-dialog, .n-rail):target")) location.hash = "main"; });
addEventListener("click", (e) => document.querySelectorAll("details.n-me[open], details.n-chipbox[open]").forEach((d) => { if (!d.contains(e.target)) d.open = false; }));

/* who signs out leaves nothing in the browser; the server asks for the same, of browsers that know how */
addEventListener("submit", (e) => { if (new URL(e.target.action, location.href).pathname.endsWith("/account/logout/")) globalThis.indexedDB?.deleteDatabase("niangjia"); });
