// Shows only the fields that the chosen verdict needs; without this script all stand there, and the form says what is missing.
const needs = {
  BASELINE: ["legal_act", "site_type", "age", "sex", "xarf_class", "user_generated", "virtual", "commerciality"],
  NATIONAL: ["legal_act", "site_type", "age", "sex", "xarf_class", "user_generated", "virtual", "commerciality"],
  PROHIBITED: ["legal_act", "site_type"], RESTRICTED: ["legal_act", "site_type"], INCIDENT: ["legal_act", "site_type"],
  DOUBTFUL: [], NOT_ILLEGAL: ["no_action_reason"], NOT_ASSESSABLE: ["no_action_reason"],
};
const all = [...new Set(Object.values(needs).flat())];
const radios = [...document.querySelectorAll("input[name=verdict]")];
const show = () => {
  const chosen = radios.find((radio) => radio.checked)?.value;
  for (const name of all) {
    const box = document.getElementById(`id_${name}`)?.closest(".field");
    if (box) box.hidden = !(needs[chosen] ?? []).includes(name);
  }
};
radios.forEach((radio) => radio.addEventListener("change", show));
if (radios.length) show();
