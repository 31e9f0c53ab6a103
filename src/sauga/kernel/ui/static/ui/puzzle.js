// A form under pressure carries a puzzle. While the person writes, this searches for the proof: for each of sixteen parts a number whose
// SHA-256 together with seed and part begins with enough zero bits. It works in slices of some milliseconds, so that typing stays smooth.
// Without this script, or where it is too slow, the form is taken after some seconds of patience: that is its `action` as it comes.
import { begin, fits } from "./hash.js";

const PARTS = 16;
const SLICE = 12; // milliseconds

const pause = () => new Promise((go) => setTimeout(go));

async function search(seed, bits) {
  let proof = "";
  begin(seed);
  for (let part = 0, number = 0; part < PARTS; ) {
    for (const until = performance.now() + SLICE; part < PARTS && performance.now() < until; ) {
      for (let tries = 0; tries < 64; tries++, number++) {
        if (!fits(part, number, bits)) continue;
        proof += number.toString(16).padStart(8, "0");
        part++;
        number = 0;
        break;
      }
    }
    await pause();
  }
  return proof;
}

async function attend(field) {
  const { form } = field;
  const status = form.querySelector("[data-puzzle-status]");
  const held = document.querySelector("[data-puzzle-held]");
  const { seed, bits, wait } = field.dataset;
  let wanted = "send" in field.dataset; // the person has pressed the button already, before there was a puzzle
  let pressed = null;
  let done = false;
  const go = () => { if (wanted) form.requestSubmit(pressed); };
  const show = () => { if (status) status.hidden = false; if (held) held.hidden = true; };
  form.addEventListener("submit", (event) => {
    if (done) return;
    event.preventDefault();
    wanted = true;
    pressed = event.submitter;
    show();
  });
  if (wanted) show();
  const patience = new Promise((over) => setTimeout(over, 1000 * (Number(wait) + 1)));
  const proof = await Promise.race([search(seed, Number(bits)), patience]);
  if (proof) {
    field.value = proof;
    field.dataset.solved = "";
    form.action = form.action.split("?")[0];
  }
  done = true;
  go();
}

const field = document.querySelector("input[data-puzzle]");
if (field) attend(field);
