// Copy and print buttons, shown with the part that holds them only where a script runs: [data-copy="#id"] copies that element's words, [data-print] prints the page.
for (const button of document.querySelectorAll("[data-copy], [data-print]")) {
  button.hidden = button.hasAttribute("data-copy") && !navigator.clipboard;
  if (button.hidden) continue;
  const group = button.closest("[data-needs-script]");
  if (group) group.hidden = false;
  button.addEventListener("click", async () => {
    if (button.hasAttribute("data-print")) return print();
    const source = document.querySelector(button.dataset.copy);
    await navigator.clipboard.writeText(source.dataset.copyText || source.innerText);
    const said = button.querySelector("[data-copied]");
    if (said) said.hidden = false;
  });
}
