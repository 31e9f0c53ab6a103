// The personal test answers on the device: one question at a time, then what the server has put into the page hidden. Nothing is sent or kept.
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = (selector) => document.querySelector(selector);

all("[data-without-script]").forEach((part) => { part.hidden = true; });
all("[data-with-script], [data-print]").forEach((part) => { part.hidden = false; });
all("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));

const form = one("[data-check]");
if (form) {
  const questions = all("[data-question]", form);
  const stage = one("[data-stage]");
  const count = stage.querySelector("span");
  const result = one("[data-result]");
  const steps = all("[data-steps] > li");
  let here = 0;

  const show = (place, moves = true) => {
    here = place;
    questions.forEach((question, number) => { question.hidden = number !== here; });
    all("i", stage).forEach((dot, number) => { dot.className = number < here ? "past" : number === here ? "here" : ""; });
    count.textContent = count.dataset.count.replace("{n}", here + 1).replace("{all}", questions.length);
    one("[data-back]").hidden = here === 0;
    one("[data-next]").hidden = here === questions.length - 1;
    one("[data-finish]").hidden = here < questions.length - 1;
    if (moves) questions[here].querySelector("legend").focus();
  };

  const finish = () => {
    const chosen = questions.map((question) => question.querySelector(":checked")).filter(Boolean);
    const named = (leads) => new Set(chosen.filter((input) => input.dataset.leads === leads).map((input) => input.name));
    const wanted = named("step");
    const good = named("strength");
    const mine = steps.filter((step) => wanted.has(step.dataset.for));
    steps.forEach((step) => { step.hidden = !wanted.has(step.dataset.for); });
    one("[data-steps]").replaceChildren(...mine.slice(0, 3));
    one("[data-later-steps]").replaceChildren(...mine.slice(3));
    one("[data-later]").hidden = mine.length <= 3;
    all("[data-well] li").forEach((line) => { line.hidden = !good.has(line.dataset.for); });
    one("[data-well]").hidden = !good.size;
    one("[data-lead]").hidden = !mine.length;
    one("[data-none]").hidden = mine.length > 0 || !chosen.length;
    one("[data-empty]").hidden = chosen.length > 0;
    one(chosen.some((input) => "talk" in input.dataset) ? "[data-first]" : "[data-last]").append(one("[data-talk-to]"));
    all("[data-promise]").forEach((box) => { box.checked = box.dataset.promise.split(" ").some((code) => wanted.has(code)); });
    form.hidden = true;
    result.hidden = false;
    result.focus();
  };

  const onward = () => (here === questions.length - 1 ? finish() : show(here + 1));
  form.addEventListener("submit", (event) => { event.preventDefault(); onward(); });
  one("[data-skip]").addEventListener("click", () => {
    all("input", questions[here]).forEach((input) => { input.checked = false; });
    onward();
  });
  one("[data-back]").addEventListener("click", () => show(here - 1));
  const again = (moves) => {
    form.reset();
    all(".agreement input").forEach((input) => { input.checked = false; if (input.type === "text") input.value = ""; });
    result.hidden = true;
    form.hidden = false;
    show(0, moves);
  };
  one("[data-again]").addEventListener("click", () => again(true));
  addEventListener("pageshow", (event) => { if (event.persisted) again(false); });
  form.reset();
  form.dataset.ready = "";
  show(0, false);
}
