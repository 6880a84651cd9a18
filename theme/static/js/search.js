// The search page: documents and issues of that number or name first, then what Pagefind's index has for ?q=…
import { choicesIn, facetsAt } from "./facets.js";
import { numberedAt } from "./numbers.js";
import { answers, excerpt, holds, longest } from "./phrases.js";
import { spelled } from "./spelling.js";

const STEP = 10;
const TITLES = 10; // of each part of the index, so many titles in which something matched are looked at: a record each
const PHRASE = 3; // what a phrase is worth against its words far from each other
const list = document.querySelector("#ket-qua");
const state = document.querySelector("#trang-thai");
const more = document.querySelector("#xem-them");
const sections = document.querySelector("#theo-chuyen-muc");
const box = document.querySelector("#q");
const title = document.title;
const root = new URL(list.dataset.root, location.href);
const folder = new URL(list.dataset.index, root);
const numbered = numberedAt(new URL("so-hieu.json", folder), list.dataset.kinds.split("|"));

function element(name, className, ...children) {
  const node = document.createElement(name);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

function result(name, href, about, ...rest) {
  const link = element("a", "", name);
  link.href = href;
  const spans = about.filter(Boolean).map((text) => element("span", "", text, " "));
  return element("li", "", link, element("p", "meta", ...spans), ...rest);
}

async function page(found) {
  const { url, meta, content, locations } = await found.data();
  const words = content.split(/\s+/);
  const skipped = content.startsWith(meta.title) ? meta.title.split(/\s+/).length : 0;
  const line = element("p", "excerpt", ...excerpt(words, locations, skipped).map(([text, hit]) => (hit ? element("mark", "", text) : text)));
  return result(meta.title ?? url, url, [meta["chuyên mục"] ?? meta["loại"], meta["ngày"]], line);
}

const named = ({ key, name, title: about, issuer, date, state: force }) =>
  result(name, new URL(key, root).href, [issuer, date, force], element("p", "excerpt", about));

/** Pagefind over all parts of the index, the part of a record, and the facets of all; opened once. */
let opened;
const open = () =>
  (opened ??= (async () => {
    const [pagefind, facets] = await Promise.all([import(new URL("pagefind.js", folder)), facetsAt(folder)]);
    const options = { baseUrl: root.pathname, noWorker: true };
    await pagefind.options(options);
    for (const part of facets.parts) await pagefind.mergeIndex(new URL(part, folder).pathname, { baseUrl: root.pathname });
    const partOf = ({ id }) => facets.records.get(id)?.part ?? 0;
    return { pagefind, partOf, ...facets };
  })());

/** Results of those parts that know every word of the query: it is enough to look into one of their records. */
async function known({ results }, partOf, query) {
  const samples = new Map(results.map((found) => [partOf(found), found]).reverse());
  const sound = new Set();
  const look = async ([place, found]) => {
    const { content, meta } = await found.data();
    if (answers([content, ...Object.values(meta)].join(" "), query)) sound.add(place);
  };
  await Promise.all([...samples].map(look));
  return results.filter((found) => sound.has(partOf(found)));
}

/** Records that have all words, best first. Those with as many in a row count more: syllables alone say little in Vietnamese. */
async function recordsWith({ pagefind, partOf }, query) {
  const results = await known(await pagefind.search(spelled(query)), partOf, query);
  const count = query.split(/\s+/).length;
  const weight = (found) => found.score * (count > 1 && longest(found.words) >= count ? PHRASE : 1);
  return results.map((found) => [weight(found), found]).sort(([a], [b]) => b - a).map(([, found]) => found);
}

/** The same records, those first whose title holds the whole query: scores of two parts of the index are not comparable. */
async function titledFirst(results, partOf, query) {
  const titled = results.filter(({ matchedMetaFields: fields }) => fields?.includes("title"));
  const looked = [...new Set(titled.map(partOf))].flatMap((part) => titled.filter((found) => partOf(found) === part).slice(0, TITLES));
  const best = new Set();
  const look = async (found) => holds((await found.data()).meta.title ?? "", query) && best.add(found);
  await Promise.all(looked.map(look));
  return [...results.filter((found) => best.has(found)), ...results.filter((found) => !best.has(found))];
}

/** All that answers a query, best first: its facets, and how to show it. */
async function ask(query) {
  const [index, first] = await Promise.all([open(), numbered(query).catch(() => [])]);
  const listed = new Set(first.map(({ key }) => key));
  const others = (await recordsWith(index, query)).filter(({ id }) => !listed.has(index.records.get(id)?.key));
  const ranked = await titledFirst(others, index.partOf, query);
  const rest = ranked.map((found) => ({ ...index.records.get(found.id), show: () => page(found) }));
  const kind = ({ doc }) => (doc ? ["van-ban"] : ["ban-tin-in"]);
  const entry = (e) => ({ "chuyen-muc": kind(e), nam: [e.year], "van-ban": [e.doc], show: () => named(e) });
  return [...first.map(entry), ...rest];
}

let [asked, items, shown, turn] = ["", [], 0, 0];
const choices = choicesIn(document.querySelector("#bo-loc"), () => go(asked, choices.get()));

async function extend(fitting) {
  const [mine, focus] = [turn, shown > 0];
  const nodes = await Promise.all(fitting.slice(shown, shown + STEP).map(({ show }) => show()));
  if (mine !== turn) return;
  list.append(...nodes);
  shown += nodes.length;
  more.hidden = shown >= fitting.length;
  if (focus) nodes[0]?.querySelector("a").focus();
}

/** Shows what the address asks for. */
async function run() {
  const params = new URLSearchParams(location.search);
  const query = params.get("q")?.trim() ?? "";
  const mine = ++turn;
  box.value = query;
  choices.set(params);
  document.title = query ? `${query} - ${title}` : title;
  if (query !== asked) {
    state.textContent = query ? "Đang tìm…" : "";
    const found = query ? await ask(query) : [];
    if (mine !== turn) return;
    [asked, items] = [query, found];
  }
  const fitting = choices.narrow(asked ? (await open()).labels : {}, items);
  if (mine !== turn) return;
  list.replaceChildren();
  shown = 0;
  more.onclick = () => extend(fitting);
  await extend(fitting);
  if (mine !== turn) return;
  sections.hidden = items.length > 0;
  const count = fitting.length < items.length ? `${fitting.length} trong ${items.length}` : `${items.length}`;
  if (query) state.textContent = items.length ? `${count} kết quả cho “${query}”` : `Không tìm thấy bài hay văn bản nào có “${query}”. Thử ít chữ hơn.`;
}

const start = () =>
  run().catch(() => {
    opened = undefined;
    state.textContent = "Không mở được dữ liệu tìm kiếm. Xin thử lại sau.";
  });

/** A new address, as a link would make it, without fetching the page again. */
function go(query, chosen) {
  const params = new URLSearchParams([["q", query], ...chosen]);
  if (`?${params}` !== location.search) history.pushState(null, "", `?${params}`);
  start();
}

addEventListener("popstate", start);
box.form.addEventListener("submit", (event) => {
  event.preventDefault();
  go(box.value.trim(), []);
});
start();
