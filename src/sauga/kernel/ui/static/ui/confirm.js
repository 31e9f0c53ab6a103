// Confirm with reason: details.confirm-box opens in place without a script; with one, its form opens as a modal dialog.
for (const box of document.querySelectorAll("details.confirm-box")) {
  const form = box.querySelector("form");
  const dialog = document.createElement("dialog");
  dialog.className = "confirm modal";
  dialog.setAttribute("aria-labelledby", form.querySelector("h2, h3").id);
  box.after(dialog);
  dialog.append(form);
  box.addEventListener("toggle", () => { if (box.open) dialog.showModal(); });
  dialog.addEventListener("close", () => { box.open = false; box.querySelector("summary").focus(); });
  form.querySelector("[data-cancel]")?.addEventListener("click", (event) => { event.preventDefault(); dialog.close(); });
  if (form.querySelector("[aria-invalid=true]")) box.open = true;
}
