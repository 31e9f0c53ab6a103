// Draws what the page shows. Texts come from the page's own words; names are set as text, never as markup.
const byId = (id) => document.getElementById(id);
let setup; export function prepare(given) { setup = given; }
export const say = (word, facts = {}) => (setup.words[word] ?? "").replace(/\{(\w+)\}/g, (_all, name) => facts[name] ?? "");
export const hour = (at) => new Intl.DateTimeFormat(setup.language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Europe/Vilnius" }).format(at);
const icon = (name) => byId(`icon-${name}`).content.firstElementChild.cloneNode(true);

function element(tag, css, ...content) {
  const made = document.createElement(tag);
  if (css) made.className = css;
  made.append(...content);
  return made;
}

export function button(text, css, label, act) {
  const made = element("button", css, text);
  made.type = "button";
  if (label) made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}

const LOOKS = { good: ["", "circle-check"], wait: ["clash", "triangle-alert"], bad: ["stop", "circle-x"] };

// The big result of the last ticket: a colour, a shape and words.
export function result(tone, name, detail, photo, actions = []) {
  const box = byId("result");
  const [css, shape] = LOOKS[tone];
  const texts = element("div", "", element("p", "name", name), element("p", "", detail));
  if (photo && setup.photos[photo]) texts.append(photoMark(photo));
  box.className = `pass ${css}`;
  if (box.contains(document.activeElement)) byId("find").focus(); // its button goes
  box.replaceChildren(icon(shape), texts, ...(actions.length ? [element("div", "actions", ...actions)] : []));
  box.hidden = false;
  box.scrollIntoView({ block: "nearest" });
  byId("said").textContent = `${name}. ${detail}`;
}

const photoMark = (photo) => element("small", `photo ${setup.photos[photo].colour}`, setup.photos[photo].text);

export function counts(shown) {
  for (const name of ["inside", "missing", "here"]) if (Number.isFinite(shown[name])) byId(`count-${name}`).textContent = shown[name];
}

export function line(state, unsent) {
  const bar = byId("net");
  const words = state === "online" ? say("online") : say("offline", { n: unsent });
  bar.dataset.state = state;
  bar.replaceChildren(icon(state === "online" ? "check" : "wifi-off"), element("span", "", words));
  byId("unsent").textContent = unsent ? say("unsent", { n: unsent }) : "";
}

export const notice = (text) => Object.assign(byId("notice"), { textContent: text, hidden: !text });

// The people found: each with a button, or with when they came in.
export function found(people, { words, more, stands, onIn, onUndo }) {
  const list = Object.assign(element("ul", "guests", ...people.map((person) => guest(person, stands(person), onIn, onUndo))), { ariaLabel: say("found") });
  byId("guests").replaceChildren(...(people.length ? [list] : []));
  byId("guests-note").textContent = !words ? "" : more ? say("more") : people.length ? "" : say("nobody");
}

function guest(person, now, onIn, onUndo) {
  const seats = person.h > 1 ? say("part", { n: now.heads, all: person.h }) : "";
  const who = element("div", "", element("b", "", person.n), element("small", "", [seats, person.c].filter(Boolean).join(" · ")));
  if (person.p && setup.photos[person.p]) who.append(photoMark(person.p));
  const acts = element("span", "acts");
  if (now.heads) acts.append(element("span", "in", icon("check"), hour(now.at)), button(say("undo"), "button plain", say("undo_who", { name: person.n }), () => onUndo(person)));
  if (now.heads < (person.h ?? 1)) acts.append(button(say("check_in"), "button second", say("check_in_who", { name: person.n }), () => onIn(person)));
  return Object.assign(element("li", "", who, acts), { id: `who-${person.c}` });
}

// How many of a class came, by group, beginning with all that are left.
export function ask(person, left, onDone) {
  const form = byId("class-form");
  const rows = Object.entries(left).map(([code, n]) => {
    const input = Object.assign(document.createElement("input"), { type: "number", min: 0, max: person.g[code], value: n, inputMode: "numeric", name: code, id: `heads-${code}`, className: "input" });
    const label = Object.assign(document.createElement("label"), { htmlFor: input.id, textContent: setup.groups[code] ?? code });
    return element("li", "", label, input);
  });
  byId("class-name").textContent = person.n;
  byId("class-heads").replaceChildren(element("ul", "class-heads", ...rows));
  form.hidden = false;
  form.onsubmit = (event) => {
    event.preventDefault();
    leave();
    onDone(Object.fromEntries([...new FormData(form)].map(([code, n]) => [code, Number(n)]).filter(([, n]) => n > 0)));
  };
  form.querySelector("input")?.focus();
}

export const leave = () => { byId("class-form").hidden = true; byId("find").focus(); };

// Tickets that were used twice, on every device of the list until somebody has looked into them.
export function clashes(rows, nameOf, onResolve) {
  byId("clashes").replaceChildren(...rows.map((row) => {
    const texts = element("div", "", element("p", "name", `${say("clash")}: ${nameOf(row.c)}`), element("p", "", say("clash_more", row)));
    const acts = ["SAME", "SENT"].map((what) => button(say(what.toLowerCase()), "button second", "", () => onResolve(row, what)));
    return Object.assign(element("section", "pass clash", icon("triangle-alert"), texts, element("div", "actions", ...acts)), { id: `clash-${row.nonce}` });
  }));
}
