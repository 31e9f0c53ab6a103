// A picture that is pasted or dropped is not taken, and the page says why. Text in the same clip is taken as always.
for (const field of document.querySelectorAll("[data-picture-free]")) {
  const reason = document.querySelector("[data-no-pictures]");
  const refuse = (event, clip) => {
    if (!clip?.files.length) return;
    event.preventDefault();
    if (reason) reason.hidden = false;
  };
  field.addEventListener("paste", (event) => refuse(event, event.clipboardData));
  field.addEventListener("drop", (event) => refuse(event, event.dataTransfer));
  field.addEventListener("dragover", (event) => { if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); });
  field.addEventListener("input", () => { if (reason) reason.hidden = true; });
}
