// Confirm with reason: details.confirm-box opens in place without a script; with one, its form opens as a modal dialog.
// The words that open it are its heading.
function heading(form, summary) {
  const title = document.createElement("h2");
  title.textContent = [...summary.childNodes].filter((part) => part.nodeName !== "KBD").map((part) => part.textContent).join("").trim();
  form.prepend(title);
  return title;
}
// A box that holds several forms goes on opening in place.
for (const form of document.querySelectorAll("details.confirm-box > form.confirm")) {
  const box = form.parentElement;
  if (box.open && !form.querySelector("[aria-invalid=true]")) {  // the likely next step: nobody asked for a dialog
    form.querySelector("[data-cancel]")?.addEventListener("click", () => { box.open = false; });
    continue;
  }
  const dialog = document.createElement("dialog");
  const title = form.querySelector("h2, h3") ?? heading(form, box.querySelector("summary"));
  dialog.className = "confirm modal";
  if (title?.id) dialog.setAttribute("aria-labelledby", title.id);
  else dialog.setAttribute("aria-label", (title ?? box.querySelector("summary")).textContent.trim());
  box.after(dialog);
  dialog.append(form);
  const show = () => { if (box.open && !dialog.open) dialog.showModal(); };
  box.addEventListener("toggle", show);
  dialog.addEventListener("close", () => { box.open = false; box.querySelector("summary").focus(); });
  form.querySelector("[data-cancel]")?.addEventListener("click", (event) => { event.preventDefault(); dialog.close(); });
  if (form.querySelector("[aria-invalid=true]")) box.open = true;
  show();  // opened before this script had come
}
