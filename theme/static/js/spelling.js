// The spelling of the search index, as `spelled` in bantin/outputs/search/shadow.py but for its marks: đ is d + U+0335,
// which Pagefind folds as it folds tones, and a tone in the new place (hoà) is moved to the old one (hòa).
const TONE = "[\u0300\u0301\u0303\u0309\u0323]";
const END = "(?![\\p{L}\\p{M}])";
const NEW = new RegExp(`(q?)([ou])([aey])(${TONE})${END}`, "giu");
const MISPLACED = new RegExp(`(qu)(${TONE})(y)${END}`, "giu");

/** "Đồng thuận, hoà" → "D̵ồng thuận, hòa", composed. */
export const spelled = (text) =>
  text
    .normalize("NFD")
    .replace(NEW, (found, q, first, second, tone) => (q ? found : first + tone + second))
    .replace(MISPLACED, "$1$3$2")
    .normalize("NFC")
    .replaceAll("đ", "d\u0335")
    .replaceAll("Đ", "D\u0335");
