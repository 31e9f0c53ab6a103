// The equipment test: measures how fast bytes come and writes it into the form; everything else is answered by the people in the room.
const test = document.querySelector("[data-speed]");
const says = test.querySelector("[data-speed-says]");
const field = document.querySelector("input[name=kbit]");
async function measure() {
  says.textContent = test.dataset.measuring;
  const begun = performance.now();
  const answer = await fetch(`${test.dataset.speed}?${Math.random()}`, { cache: "no-store" });
  const bytes = (await answer.arrayBuffer()).byteLength;
  const kbit = Math.round((bytes * 8) / (performance.now() - begun));
  if (!answer.ok || !bytes) throw new Error("nothing came");
  field.value = kbit;
  says.textContent = test.dataset.result.replace("{n}", (kbit / 1000).toFixed(1).replace(".", test.dataset.mark));
}
test.hidden = false;
test.querySelector("button").addEventListener("click", () => measure().catch(() => { says.textContent = test.dataset.failed; }));
measure().catch(() => { says.textContent = test.dataset.failed; });
