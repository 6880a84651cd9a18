import { fold } from "./fold.js";

// Matched words that stand in a row. Syllables alone say little in Vietnamese, and Pagefind does not look at their order.
const LENGTH = 30; // words of an excerpt
const BEFORE = 4; // of them, before the first that matched

const rising = (places) => [...new Set(places)].sort((a, b) => a - b);

const bare = (text) => fold(text).replace(/[^\p{L}\p{N}]/gu, "");

/** Folded words of a text, each once: those with marks in them whole and in their parts. */
const wordsOf = (text) => new Set(text.split(/\s+/).flatMap((word) => [bare(word), ...word.split(/[^\p{L}\p{N}]+/u).map(bare)]));

/** Whether every word of a query begins a word of the text. Pagefind cuts a word that it does not know until it knows one. */
export function answers(text, query) {
  const words = [...wordsOf(text)];
  return query.split(/\s+/).map(bare).every((asked) => words.some((word) => word.startsWith(asked)));
}

/** Whether every word of a query is a word of the text. */
export function holds(text, query) {
  const words = wordsOf(text);
  return query.split(/\s+/).map(bare).every((asked) => !asked || words.has(asked));
}

/** How many matched words stand in a row at most. places: of all matched words, in any order. */
export function longest(places) {
  let [most, run, last] = [0, 0, NaN];
  for (const place of rising(places)) {
    run = place === last + 1 ? run + 1 : 1;
    most = Math.max(most, run);
    last = place;
  }
  return most;
}

/** Where most matched words stand close together, those in a row counting double; `from` where none matched. */
function best(hits, from) {
  let [start, most] = [from, 0];
  for (const [n, first] of hits.entries()) {
    let value = 0;
    for (let k = n; k < hits.length && hits[k] < first + LENGTH - BEFORE; k++) value += hits[k] === hits[k - 1] + 1 && k > n ? 3 : 1;
    if (value > most) [start, most] = [Math.max(from, first - BEFORE), value];
  }
  return start;
}

/** An excerpt as pieces [text, whether it matched]; neighbours that matched are one piece. from: the word after the title. */
export function excerpt(words, places, from) {
  const hits = rising(places).filter((place) => place >= from);
  const [start, matched] = [best(hits, from), new Set(hits)];
  const pieces = start > from ? [["…\u00a0", false]] : [];
  const add = (text, hit) => {
    const last = pieces.at(-1);
    if (hit && last?.[0] === " ") {
      pieces.pop(); // a space stands alone only after a word that matched, and is theirs if this one did, too
      pieces.at(-1)[0] += ` ${text}`;
    } else if (last && last[1] === hit) last[0] += text;
    else if (text) pieces.push([text, hit]);
  };
  words.slice(start, start + LENGTH).forEach((word, n) => {
    const [, before, bare, after] = word.match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su);
    if (n) add(" ", false);
    for (const [text, hit] of matched.has(start + n) ? [[before, false], [bare, true], [after, false]] : [[word, false]]) add(text, hit);
  });
  if (start + LENGTH < words.length) add("\u00a0…", false);
  return pieces;
}
