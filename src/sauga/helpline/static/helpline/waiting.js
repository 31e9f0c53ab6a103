// The waiting room: the place as it changes, and the way to the conversation when somebody is there. Never takes away what is being written.
const place = document.querySelector("#place"), wait = document.querySelector("#wait"), down = document.querySelector("#down");
const field = document.querySelector("#msg");

function go() {
  if (field.value.trim()) document.querySelector("#arrived").hidden = false;
  else location.reload();
}

document.addEventListener("line:state", ({ detail: now }) => {
  if (now.is_taken || now.is_over || now.state === "ACTIVE") return go();
  if (!now.place) return;
  const words = document.querySelector(`#places [data-ahead="${now.place.ahead}"]`)?.textContent;
  if (words && words !== place.textContent) place.textContent = words;
  if (now.place.low === null) wait.textContent = "";
  else {
    const pattern = now.place.low === now.place.high ? wait.dataset.one : wait.dataset.range;
    wait.textContent = pattern.replace("{low}", now.place.low).replace("{high}", now.place.high);
  }
});
document.addEventListener("line:over", go);
document.addEventListener("line:up", () => { down.hidden = true; });
document.addEventListener("line:down", () => { down.hidden = false; });
if (!navigator.onLine) down.hidden = false;  // lost before this script came
