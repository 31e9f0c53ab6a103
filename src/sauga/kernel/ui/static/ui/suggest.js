// Suggestions while typing: input[data-suggest="address"] gets a list of what the address finds ({found: [{value, about}]}).
// Without this script the field is an ordinary text field, and the form says what fits.
const WAIT = 150;

for (const input of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("datalist");
  list.id = `${input.id}-suggestions`;
  input.after(list);
  input.setAttribute("list", list.id);
  let timer = 0;
  let asked = "";
  const show = (found) => {
    list.replaceChildren(...found.map(({ value, about }) => {
      const option = document.createElement("option");
      option.value = value;
      if (about) option.label = `${value} (${about})`;
      return option;
    }));
  };
  const ask = async () => {
    const text = input.value.trim();
    if (text === asked) return;
    asked = text;
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(text)}`, { headers: { "X-Sauga-Background": "1" } });
      if (answer.ok && asked === text) show((await answer.json()).found);
    } catch {
      show([]); // offline: the field stays a text field
    }
  };
  const askSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  };
  input.addEventListener("input", askSoon);
  if (input === document.activeElement && input.value) askSoon(); // typed before this script came
}
