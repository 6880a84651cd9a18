// Documents whose number is asked for. The search index ranks "nghi quyet 35" by frequency, so numbers are matched apart.
import { fold } from "./fold.js";

/** "Nghị quyết số 35-NQ/TW" → {nghi, quyet, 35, nq, tw}; "05" and "5" are the same number. */
const parts = (text) =>
  new Set((fold(text).match(/[a-z]+|\d+/g) ?? []).filter((part) => part !== "so").map((part) => part.replace(/^0+(?=\d)/, "")));

/** Documents named in the query, from the list of documents at `url`: [{name, title, about, state, href}]. */
export async function documentsNamed(query, url) {
  const asked = parts(query);
  if (![...asked].some((part) => /^\d/.test(part))) return [];
  const page = new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
  const found = [];
  for (const row of page.querySelectorAll("#danh-sach > li")) {
    const link = row.querySelector(".doc-name a");
    const name = parts(link.textContent);
    if ([...asked].every((part) => name.has(part))) {
      const text = (selector) => row.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim() ?? "";
      found.push({ name: link.textContent, title: text(".doc-title"), about: text(".doc-date"), state: text(".state"), href: new URL(link.getAttribute("href"), url).href });
    }
  }
  return found;
}
