// The outline of a course: modules and activities are dragged by their handle. Without this script the arrows do the same.
const list = document.querySelector("[data-outline]");
if (list) {
  list.querySelectorAll("[data-grip]").forEach((grip) => { grip.hidden = false; });
  let held = null;
  const rowOf = (grip) => grip.closest(grip.dataset.grip === "module" ? "[data-module]" : "[data-activity]");
  const token = () => list.querySelector("[name=csrfmiddlewaretoken]").value;
  const send = () => {
    const order = [];
    list.querySelectorAll("[data-module]").forEach((module) => {
      order.push(`m:${module.dataset.module}`);
      module.querySelectorAll("[data-activity]").forEach((part) => order.push(`a:${part.dataset.activity}`));
    });
    const body = new URLSearchParams({ order: order.join(" "), csrfmiddlewaretoken: token() });
    fetch(list.dataset.outline, { method: "POST", body, headers: { "X-Requested-With": "drag" } })
      .then((answer) => { if (!answer.ok) location.reload(); }, () => location.reload());
  };
  list.addEventListener("dragstart", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip) return;
    held = { row: rowOf(grip), kind: grip.dataset.grip };
    held.row.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
  });
  list.addEventListener("dragover", (event) => {
    if (!held) return;
    event.preventDefault();
    const over = event.target.closest(held.kind === "module" ? "[data-module]" : "[data-activity]");
    if (held.kind === "activity" && !over) {
      const parts = event.target.closest("[data-module]")?.querySelector(".outline-parts");
      if (parts && !parts.querySelector("[data-activity]")) parts.append(held.row);
      return;
    }
    if (!over || over === held.row) return;
    const box = over.getBoundingClientRect();
    over[event.clientY < box.top + box.height / 2 ? "before" : "after"](held.row);
  });
  list.addEventListener("dragend", () => {
    if (!held) return;
    held.row.classList.remove("dragged");
    held = null;
    send();
  });
}
