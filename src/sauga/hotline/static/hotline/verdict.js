// Shows only the fields, legal acts and routes that belong to the chosen verdict; without this script all stand there, and the form says what is missing.
const needs = {
  BASELINE: ["legal_act", "site_type", "age", "sex", "xarf_class", "user_generated", "virtual", "commerciality"],
  NATIONAL: ["legal_act", "site_type", "age", "sex", "xarf_class", "user_generated", "virtual", "commerciality"],
  PROHIBITED: ["legal_act", "site_type"], RESTRICTED: ["legal_act", "site_type"], INCIDENT: ["legal_act", "site_type"],
  DOUBTFUL: [], NOT_ILLEGAL: ["no_action_reason"], NOT_ASSESSABLE: ["no_action_reason"],
};
const all = [...new Set(Object.values(needs).flat())];
const radios = [...document.querySelectorAll("input[name=verdict]")];
const acts = document.getElementById("id_legal_act");
const fits = JSON.parse(acts?.dataset.fits || "{}");
const courses = [...document.querySelectorAll("[data-courses] > [data-verdicts]")];
const show = () => {
  const chosen = radios.find((radio) => radio.checked)?.value;
  for (const option of acts?.options ?? []) {
    option.hidden = option.disabled = Boolean(option.value && chosen) && !(fits[option.value] ?? []).includes(chosen);
    if (option.hidden && option.selected) acts.value = "";
  }
  for (const course of courses) course.hidden = Boolean(chosen) && needs[chosen]?.includes("legal_act") && !course.dataset.verdicts.split(" ").includes(chosen);
  for (const name of all) {
    const box = document.getElementById(`id_${name}`)?.closest(".field");
    if (box) box.hidden = !(needs[chosen] ?? []).includes(name);
  }
};
radios.forEach((radio) => radio.addEventListener("change", show));
if (radios.length) show();
