// The search page: asks Pagefind's index for ?q=… and shows ten results at a time, after the documents of that number.
import { documentsNamed } from "./numbers.js";

const STEP = 10;
const list = document.querySelector("#ket-qua");
const state = document.querySelector("#trang-thai");
const more = document.querySelector("#xem-them");
const sections = document.querySelector("#theo-chuyen-muc");
const root = new URL(list.dataset.root, location.href);

// Pagefind folds the tones of Vietnamese, but not đ. So the index was made from copies in which đ is d + U+0335.
const hide = (text) => text.normalize("NFC").replaceAll("đ", "d\u0335").replaceAll("Đ", "D\u0335");
const bare = (text) => text.replaceAll("d\u0335", "đ").replaceAll("D\u0335", "Đ");
/** As `bare`, also where a <mark> begins or ends between the letter and its stroke. */
const restore = (html) => bare(html.replace(/([dD])((?:<\/?mark>)+)\u0335/g, "$1\u0335$2"));

function element(name, className, ...children) {
  const node = document.createElement(name);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

/** Nodes of an excerpt: text, and <mark> where the excerpt has it; any other markup stays text. */
function excerpt(html) {
  const line = element("p", "excerpt");
  for (const [index, part] of restore(html).split(/<mark>(.*?)<\/mark>/s).entries()) {
    const text = new DOMParser().parseFromString(`<p>${part.replaceAll("<", "&lt;")}</p>`, "text/html").body.textContent;
    line.append(index % 2 ? element("mark", "", text) : text);
  }
  return line;
}

function item(title, href, about, ...rest) {
  const link = element("a", "", title);
  link.href = href;
  const spans = about.filter(Boolean).map((text) => element("span", "", text, " "));
  return element("li", "", link, element("p", "meta", ...spans), ...rest);
}

const page = ({ url, meta, excerpt: html }) =>
  item(bare(meta.title ?? url), url, [meta["chuyên mục"] ?? meta["loại"], meta["ngày"]].map((text) => bare(text ?? "")), excerpt(html));
const numbered = ({ name, title, about, state, href }) => item(name, href, ["Văn bản", about, state], element("p", "excerpt", title));

async function search(query) {
  state.textContent = "Đang tìm…";
  const documents = await documentsNamed(query, new URL(list.dataset.documents, root)).catch(() => []);
  list.append(...documents.map(numbered));
  const pagefind = await import(new URL(`${list.dataset.index}pagefind.js`, root));
  await pagefind.options({ baseUrl: root.pathname });
  const { results } = await pagefind.search(hide(query));
  const listed = new Set(documents.map(({ href }) => href));
  let asked = 0;

  async function show() {
    const found = await Promise.all(results.slice(asked, asked + STEP).map((r) => r.data()));
    const fresh = found.filter(({ url }) => !listed.has(new URL(url, root).href)).map(page);
    list.append(...fresh);
    if (asked) fresh[0]?.querySelector("a").focus();
    asked += found.length;
    more.hidden = asked >= results.length;
  }

  more.addEventListener("click", show);
  await show();
  sections.hidden = list.children.length > 0;
  const total = Math.max(results.length, list.children.length);
  state.textContent = total
    ? `${total} kết quả cho “${query}”`
    : `Không tìm thấy bài hay văn bản nào có “${query}”. Thử ít chữ hơn.`;
}

const query = new URLSearchParams(location.search).get("q")?.trim();
if (query) {
  document.querySelector("#q").value = query;
  document.title = `${query} - ${document.title}`;
  search(query).catch(() => {
    state.textContent = "Không mở được dữ liệu tìm kiếm. Xin thử lại sau.";
  });
}
