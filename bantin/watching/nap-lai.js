// Hears of builds: reloads a page that is another one, puts new styles in place, shows what has to be mended.
{
  const { stamp: served, page } = document.currentScript.dataset;
  const OWN = "/_xem-thu/";
  const SLOW = 300; // ms after which a build is mentioned
  const MOST = 100; // problems that are listed
  let stamp = served;
  let source = null;
  let slow = 0;
  let lost = false;

  const nameOf = (address) => {
    const path = decodeURIComponent(new URL(address).pathname).slice(1);
    return !path || path.endsWith("/") ? `${path}index.html` : path;
  };
  const here = nameOf(location.href);

  const element = (tag, attributes = {}, ...inside) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...inside);
    return made;
  };

  // In a shadow, so that neither the theme's styles nor its scripts meet it.
  const host = element("ban-tin-xem-thu", { lang: "vi" });
  const shadow = host.attachShadow({ mode: "open" });
  const style = element("link", { rel: "stylesheet", href: `${OWN}nap-lai.css` });
  const sign = element("p", { class: "sign", role: "status" });
  const panel = element("section", { class: "panel", role: "alert" });
  sign.hidden = panel.hidden = true;
  shadow.append(style, sign, panel);

  const mention = (text) => {
    clearTimeout(slow);
    sign.textContent = text;
    sign.hidden = !text;
  };

  const show = (kind, title, ...inside) => {
    const close = element("button", { type: "button" }, "Đóng (Esc)");
    close.addEventListener("click", hide);
    const body = element("div", { class: "body", tabindex: "0", role: "group", "aria-label": "Chi tiết" }, ...inside);
    panel.className = `panel ${kind}`;
    panel.replaceChildren(element("header", {}, element("h2", {}, title), close), body);
    panel.hidden = false;
  };

  const hide = () => {
    panel.hidden = true;
    panel.replaceChildren();
  };

  const problem = ({ file, line, column, code, severity, message, hint }) => {
    const place = element("p", { class: "place" }, element("code", {}, `${file}:${line}:${column}`));
    const made = element("li", { class: severity === "lỗi" ? "error" : "warning" }, place, element("p", { class: "message" }, message));
    if (hint) made.append(element("p", { class: "hint" }, `→ ${hint}`));
    made.append(element("p", { class: "code" }, `${severity} ${code}`));
    return made;
  };

  const failed = ({ problems, text }) => {
    mention("");
    const kept = element("p", { class: "kept" }, "Trang đang xem là bản dựng được gần nhất.");
    if (!problems) return show("failed", "Chưa dựng được trang", kept, element("pre", {}, text));
    const errors = problems.filter((one) => one.severity === "lỗi");
    const sorted = [...errors, ...problems.filter((one) => one.severity !== "lỗi")];
    const list = element("ol", {}, ...sorted.slice(0, MOST).map(problem));
    const more = sorted.length > MOST ? [element("p", {}, `Còn ${sorted.length - MOST} chỗ nữa, xem ở cửa sổ dòng lệnh.`)] : [];
    show("failed", `Chưa dựng được trang: ${errors.length} lỗi`, kept, list, ...more);
  };

  const gone = () => {
    lost = true;
    show("gone", "Trang này không còn nữa", element("p", {}, "Tệp của trang đã bị xóa hoặc đổi tên. ", element("a", { href: "/" }, "Về trang chủ")));
  };

  const styles = () => [...document.querySelectorAll("link[rel~=stylesheet]")].filter((link) => new URL(link.href).origin === location.origin);

  // The old one goes when the new one is there: nothing is ever without style.
  const swap = (old, version) => {
    const address = new URL(old.href);
    address.searchParams.set("v", version);
    const fresh = old.cloneNode();
    fresh.href = address.href;
    fresh.addEventListener("load", () => old.remove());
    old.after(fresh);
  };

  // Whether the page itself is another one, apart from the versions of what it loads.
  const isOther = async () => {
    const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" });
    return answer.headers.get("ETag") !== `"${page}"`;
  };

  const built = async ({ stamp: now, previous, changed, removed }) => {
    mention("");
    if (lost) gone();
    else hide();
    if (now === stamp) return;
    if (previous !== stamp) return location.reload(); // a build was missed, or this is another server
    stamp = now;
    if (removed.includes(here)) return gone();
    const touched = new Set([...changed, ...removed]);
    const ownStyles = new Set(styles().map((link) => nameOf(link.href)));
    const loaded = performance.getEntriesByType("resource").filter((entry) => new URL(entry.name).origin === location.origin);
    const names = loaded.map((entry) => nameOf(entry.name)).filter((name) => name !== here && !ownStyles.has(name));
    if (names.some((name) => touched.has(name)) || (touched.has(here) && (lost || (await isOther())))) return location.reload();
    for (const link of styles()) if (touched.has(nameOf(link.href))) swap(link, now);
  };

  // A hidden page hears nothing: a browser keeps six connections to a server, and tabs may be more.
  const listen = () => {
    source?.close();
    if (document.hidden) return;
    source = new EventSource(`${OWN}tin?trang=${encodeURIComponent(here)}`);
    const hear = (name, told) => source.addEventListener(name, (event) => told(JSON.parse(event.data)));
    hear("dung-xong", built);
    hear("loi", failed);
    hear("dang-dung", () => {
      clearTimeout(slow);
      slow = setTimeout(mention, SLOW, "đang dựng…");
    });
    source.addEventListener("open", () => mention(""));
    source.addEventListener("error", () => mention("đang đợi máy chủ xem thử…"));
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  document.addEventListener("visibilitychange", listen);
  style.addEventListener("load", listen, { once: true });
  document.documentElement.append(host);
}
