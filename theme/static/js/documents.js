// Narrows the list of documents. Without this script the whole list stands there and the form stays hidden.
import { fold } from "./fold.js";

const form = document.querySelector("#loc");
const list = document.querySelector("#danh-sach");

/** "co-quan" → "coQuan", the name under which `dataset` keeps data-co-quan. */
const key = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

function start() {
  const rows = [...list.children].map((node) => ({ node, text: fold(node.dataset.text) }));
  const selects = [...form.querySelectorAll("select")];
  const box = form.elements.chu;
  const count = document.querySelector("#so-luong");
  const none = document.querySelector("#khong-co");

  function narrow() {
    const words = fold(box.value).split(" ");
    let shown = 0;
    for (const { node, text } of rows) {
      const fits =
        selects.every((s) => !s.value || node.dataset[key(s.name)] === s.value) && words.every((w) => text.includes(w));
      node.hidden = !fits;
      shown += fits;
    }
    count.textContent = shown === rows.length ? `${shown} văn bản` : `${shown} trong ${rows.length} văn bản`;
    none.hidden = shown > 0;
    const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    history.replaceState(null, "", asked.size ? `?${asked}` : location.pathname);
  }

  // An address such as ?loai=nghi-quyet&nam=2024 shows the list as it was narrowed.
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  form.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(narrow));
  form.hidden = false;
  if (location.search) narrow();
}

if (form && list) start();
