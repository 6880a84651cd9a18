// The search box from everywhere: / goes to it, Escape empties it.
addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (key === "/" && !target.closest("input, textarea, select, [contenteditable]")) {
    event.preventDefault(); // Firefox would open its own search
    document.querySelector("[role=search] [name=q]")?.focus();
  }
  if (key === "Escape" && target.matches("[role=search] [name=q]")) target.value = "";
});
