/* A file dropped on the form is sent at once, as if it had been chosen there. Without this the input takes it, and a button sends it. */
const form = document.querySelector("[data-drop]");
const input = form?.querySelector('input[type="file"]');
if (input) {
  const over = (is) => form.classList.toggle("is-over", is);
  form.addEventListener("dragover", (event) => { event.preventDefault(); over(true); });
  form.addEventListener("dragleave", () => over(false));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}
