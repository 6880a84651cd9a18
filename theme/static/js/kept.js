// Lists the pages that the service worker keeps, those read last first.
const root = new URL(".", document.querySelector("link[rel=manifest]").href).href;
const list = document.querySelector("#da-giu");

async function title(response) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return page.querySelector("meta[name=robots]") ? "" : page.querySelector("h1")?.textContent.trim();
}

const cache = await caches.open(`bantin ${root} trang`);
for (const request of (await cache.keys()).reverse()) {
  const link = document.createElement("a");
  link.href = request.url;
  link.textContent = await title(await cache.match(request));
  const item = document.createElement("li");
  item.append(link);
  if (link.textContent) list.append(item);
}
document.querySelector("#so-trang").textContent = list.children.length
  ? `${list.children.length} trang đọc được ngay, không cần mạng:`
  : "Chưa có trang nào được giữ lại.";
