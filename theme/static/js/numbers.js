// Documents and issues that are asked for by number or name. The index ranks "nghi quyet 35" by frequency, so they are
// matched apart, against a list that is fetched only when a query asks for one.
import { fold } from "./fold.js";

const MOST = 8; // shown above the articles; all others are among the results of the index
const FILLERS = new Set(["so", "cua", "ve", "ngay", "thang", "nam", "khoa", "van", "ban"]);

/** "Nghị quyết số 05-NQ/TW" → [nghi, quyet, so, 5, nq, tw]. */
const parts = (text) => (fold(text).match(/[a-z]+|\d+/g) ?? []).map((part) => part.replace(/^0+(?=\d)/, ""));
const isNumber = (part) => /^\d/.test(part);
const bare = (text) => fold(text).replace(/[^a-z0-9]/g, "").replace(/^0+/, "");

function read({ "co-quan": issuers, "tinh-trang": states, muc: rows }) {
  return rows.map(([key, name, title = "", issuer = 0, date = "", term = "", state = 0, doc = "", aliases = []]) => {
    const number = name.replace(/^.*? số /, "");
    const words = parts(name);
    const all = new Set([...words, ...parts(`${title} ${issuers[issuer]} ${date} ${term && `khóa ${term}`} ${aliases.join(" ")}`)]);
    return {
      key, name, title, date, doc, number: bare(number), issuer: issuers[issuer], state: states[state], year: date.slice(-4),
      first: words.find(isNumber), words: new Set(words), all, aliases: aliases.map((alias) => new Set(parts(alias))),
    };
  });
}

/** How well an entry answers: 0 is not at all. A number has to be its own number, and no word may be left over. */
function rank(entry, asked, query, types) {
  if (entry.number === query) return 100;
  if (!asked.every((part) => entry.all.has(part) || FILLERS.has(part))) return 0;
  const said = asked.filter((part) => entry.words.has(part)).length;
  if (asked.some(isNumber)) {
    if (entry.aliases.some((alias) => asked.every((part) => alias.has(part) || FILLERS.has(part)))) return 50 + said;
    return asked.includes(entry.first) ? 10 + said : 0;
  }
  const more = asked.filter((part) => !types.has(part) && !FILLERS.has(part) && entry.all.has(part)).length;
  return more > 1 ? 1 + said : 0;
}

/** Reads the list at `url` once. kinds: folded words for types of documents. Gives a function from a query to entries, best first. */
export function numberedAt(url, kinds) {
  let entries;
  return async (query) => {
    const folded = ` ${fold(query).replace(/[^a-z0-9]+/g, " ")} `;
    const types = kinds.filter((kind) => folded.includes(` ${kind} `));
    if (!/\d/.test(query) && !types.length) return [];
    entries ??= fetch(url).then(async (answer) => read(await answer.json()));
    const [asked, words] = [parts(query), new Set(types.flatMap((kind) => kind.split(" ")))];
    const ranked = (await entries).map((entry) => [rank(entry, asked, bare(query), words), entry]).filter(([value]) => value);
    ranked.sort(([a, x], [b, y]) => b - a || y.year.localeCompare(x.year));
    return ranked.slice(0, MOST).map(([, entry]) => entry);
  };
}
