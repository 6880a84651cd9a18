// What results are narrowed by. The build writes for each part of the index which section, year, authors and documents
// each record has (loc.json); choices stand in the address.
const MOST = 50; // values to choose from, those with most results

/** What `loc.json` of all parts says: folders of the other parts, part and facets by the id of a record, labels by facet and value. */
export async function facetsAt(index) {
  const read = async (folder) => (await fetch(new URL(`${folder}loc.json`, index))).json();
  const first = await read("");
  const [labels, records] = [{}, new Map()];
  const all = [first, ...(await Promise.all(first.phan.map(read)))];
  for (const [part, { phan: _, trang: rows, ...lists }] of all.entries()) {
    for (const [facet, values] of Object.entries(lists)) {
      labels[facet] ??= new Map();
      for (const [value, label] of values) labels[facet].set(value, label);
    }
    for (const [id, ...row] of rows) {
      const record = { part, key: row[Object.keys(lists).length] };
      Object.keys(lists).forEach((facet, n) => (record[facet] = (row[n] ?? []).map((place) => lists[facet][place][0])));
      records.set(id, record);
    }
  }
  return { parts: first.phan, records, labels };
}

/** The form of choices. labels as above; tell: called when the reader chose. Gives `narrow` and access to the choices. */
export function choicesIn(form, tell) {
  const selects = [...form.querySelectorAll("select")];
  const fits = (item, except) => selects.every((s) => s === except || !s.value || item[s.name]?.includes(s.value));

  function offer(select, labels, items) {
    const counts = new Map();
    for (const item of items) if (fits(item, select)) for (const value of item[select.name] ?? []) counts.set(value, (counts.get(value) ?? 0) + 1);
    const chosen = select.value;
    const rising = select.name === "nam" ? (a, b) => b[0] - a[0] : (a, b) => b[1] - a[1] || a[0].localeCompare(b[0]);
    const best = [...counts].sort(rising).slice(0, MOST);
    if (chosen && !best.some(([value]) => value === chosen)) best.push([chosen, counts.get(chosen) ?? 0]);
    const options = best.map(([value, count]) => new Option(`${labels?.get(value) ?? value} (${count})`, value, false, value === chosen));
    select.replaceChildren(new Option("Tất cả", ""), ...options);
    select.parentElement.hidden = best.length < 2 && !chosen;
  }

  form.addEventListener("input", tell);
  form.addEventListener("reset", () => setTimeout(tell));
  form.addEventListener("submit", (event) => event.preventDefault());
  return {
    /** Those items that fit; the values that are left are offered, with the number of results behind each. */
    narrow(labels, items) {
      for (const select of selects) offer(select, labels[select.name], items);
      form.hidden = !items.length || selects.every((select) => select.parentElement.hidden);
      return items.filter((item) => fits(item));
    },
    get: () => selects.filter(({ value }) => value).map(({ name, value }) => [name, value]),
    set(params) {
      for (const select of selects) {
        const value = params.get(select.name) ?? "";
        if (value && ![...select.options].some((option) => option.value === value)) select.add(new Option(value, value));
        select.value = value;
      }
    },
  };
}
