// A short lesson in two pages: read, then three questions. It reports as SCORM 1.2 has it, and works without a platform too.
(() => {
  "use strict";
  const WORDS = {
    lt: {
      title: "Saugesnis prisijungimas",
      step: ["1 dalis iš 2", "2 dalis iš 2"],
      read: [
        ["Kodėl to reikia", "Dauguma paskyrų pavagiamos ne nulaužiant, o atspėjus arba išviliojus slaptažodį. Trys įpročiai apsaugo nuo beveik visų tokių vagysčių."],
        ["1. Ilga frazė vietoj trumpo slaptažodžio", "Keturi ar penki nesusiję žodžiai yra ir lengviau įsimenami, ir sunkiau atspėjami nei „Slaptazodis1!“. Kiekvienai paskyrai – sava frazė: jei viena nuteka, kitos lieka saugios."],
        ["2. Slaptažodžių tvarkyklė", "Ji sugalvoja ir prisimena slaptažodžius už Jus. Jums reikia prisiminti tik vieną frazę. Darbo kompiuteryje paklauskite IT specialisto, kuri tvarkyklė naudojama."],
        ["3. Antras žingsnis", "Net ir sužinojęs slaptažodį vagis neprisijungs, jei dar reikia kodo iš programėlės arba prieigos rakto. Pirmiausia įjunkite jį el. paštui: per paštą atkuriamos visos kitos paskyros."],
      ],
      box: "Kodo, kuris atėjo į telefoną, niekam nesakykite – nei bankui, nei „pagalbos tarnybai“. Tikri darbuotojai jo neprašo.",
      on: "Pereiti prie klausimų", back: "Grįžti prie teksto", check: "Tikrinti", again: "Bandyti dar kartą",
      result: (n) => `Teisingai atsakyta į ${n} iš 3 klausimų.`, good: "Pamoka baigta.", bad: "Reikia bent dviejų teisingų atsakymų. Perskaitykite paaiškinimus ir bandykite dar kartą.",
      missing: "Atsakykite į visus tris klausimus.",
      questions: [
        ["Kuris slaptažodis geriausias?", ["Ruduo2026!", "žirgas debesis arbata lentyna ketvirtadienis", "Mokyklos pavadinimas ir metai"], 1, "Ilga nesusijusių žodžių frazė atspėjama sunkiausiai. Metai ir šauktukas gale nepadeda: taip daro visi."],
        ["Kuriai paskyrai antrą žingsnį įjungti pirmiausia?", ["El. paštui", "Žaidimų paskyrai", "Nė vienai, jei slaptažodis ilgas"], 0, "Per el. paštą galima atkurti visas kitas paskyras, todėl jis svarbiausias."],
        ["Kolegė skambina ir prašo padiktuoti kodą, kuris ką tik atėjo į Jūsų telefoną. Ką darote?", ["Padiktuoju, juk ją pažįstu", "Padėjęs ragelį paskambinu jai žinomu numeriu", "Nusiunčiu kodą žinute"], 1, "Kodas skirtas tik Jums. Balsą ir numerį galima suklastoti, todėl perskambinkite patys."],
      ],
    },
    en: {
      title: "Stronger sign-in",
      step: ["Part 1 of 2", "Part 2 of 2"],
      read: [
        ["Why it matters", "Most accounts are not broken into: the password was guessed, or somebody was talked into giving it away. Three habits prevent nearly all such thefts."],
        ["1. A long phrase instead of a short password", "Four or five words that have nothing to do with each other are easier to remember and harder to guess than “Password1!”. Use another phrase for each account: if one leaks, the others stay safe."],
        ["2. A password manager", "It thinks up and remembers passwords for you. You remember a single phrase. On a work computer, ask your IT colleague which manager is in use."],
        ["3. A second step", "Even with your password a thief cannot sign in if a code from an app or a passkey is needed too. Switch it on for your email first: all other accounts are recovered through it."],
      ],
      box: "Never tell anybody a code that came to your phone: not the bank, not a “help desk”. Real staff do not ask for it.",
      on: "Go on to the questions", back: "Back to the text", check: "Check", again: "Try again",
      result: (n) => `${n} of 3 questions answered correctly.`, good: "The lesson is done.", bad: "At least two right answers are needed. Read the explanations and try again.",
      missing: "Answer all three questions.",
      questions: [
        ["Which password is best?", ["Autumn2026!", "horse cloud tea shelf thursday", "The name of the school and the year"], 1, "A long phrase of unrelated words is hardest to guess. A year and an exclamation mark do not help: everybody does that."],
        ["For which account do you switch on the second step first?", ["Email", "The games account", "None, if the password is long"], 0, "All other accounts can be recovered through your email, so it matters most."],
        ["A colleague calls and asks you to read out the code that has just come to your phone. What do you do?", ["Read it out, I know her", "Hang up and call her on a number I know", "Send the code in a message"], 1, "The code is for you alone. Voices and numbers can be faked, so call back yourself."],
      ],
    },
  };
  const find = (start) => {
    for (let here = start, n = 0; here && n < 8; n += 1) {
      try { if (here.API) return here.API; } catch { return null; }
      if (here.parent === here) break;
      here = here.parent;
    }
    return null;
  };
  const api = find(window);
  const ask = (name) => (api ? api.LMSGetValue(name) : "");
  const tell = (name, value) => { if (api) api.LMSSetValue(name, String(value)); };
  if (api) api.LMSInitialize("");
  const words = WORDS[(ask("cmi.student_preference.language") || "lt").slice(0, 2)] || WORDS.lt;
  let kept = {};
  try { kept = JSON.parse(ask("cmi.suspend_data") || "{}"); } catch { kept = {}; }
  const started = Date.now();
  const main = document.getElementById("page");
  const is_read = document.body.dataset.page === "read";
  const add = (to, tag, text, more = {}) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    for (const [name, value] of Object.entries(more)) made.setAttribute(name, value);
    to.append(made);
    return made;
  };
  const is_done = () => ["passed", "completed"].includes(ask("cmi.core.lesson_status"));
  document.documentElement.lang = words === WORDS.en ? "en" : "lt";
  document.title = words.title;
  if (is_read && ask("cmi.core.lesson_location") === "questions" && !location.hash) {
    location.replace("questions.html");
    return;
  }
  add(main, "p", words.step[is_read ? 0 : 1], { class: "step" });
  add(main, "h1", words.title);
  tell("cmi.core.lesson_location", is_read ? "read" : "questions");
  if (!is_done()) tell("cmi.core.lesson_status", "incomplete");
  if (is_read) {
    for (const [title, text] of words.read) { add(main, "h2", title); add(main, "p", text); }
    add(main, "p", words.box, { class: "box" });
    add(main, "a", words.on, { class: "button", href: "questions.html" });
  } else {
    const form = add(main, "form", "");
    words.questions.forEach(([question, answers], n) => {
      const field = add(form, "fieldset", "");
      add(field, "legend", question);
      answers.forEach((answer, place) => {
        const label = add(field, "label", "");
        const box = add(label, "input", "", { type: "radio", name: `q${n}`, value: place });
        add(label, "span", answer);
        if (kept[n] === place) box.checked = true;
        box.addEventListener("change", () => { kept[n] = place; tell("cmi.suspend_data", JSON.stringify(kept)); });
      });
      add(field, "p", "", { class: "why", "aria-live": "polite" });
    });
    add(form, "button", words.check);
    add(form, "a", words.back, { class: "plain", href: "index.html#text" });
    const said = add(form, "p", "", { class: "said", role: "status" });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (words.questions.some((_one, n) => kept[n] === undefined)) { said.textContent = words.missing; return; }
      let right = 0;
      words.questions.forEach(([, , wanted, why], n) => {
        const is_right = kept[n] === wanted;
        right += is_right ? 1 : 0;
        const line = form.querySelectorAll(".why")[n];
        line.textContent = `${is_right ? "✓" : "✗"} ${why}`;
        line.className = `why ${is_right ? "right" : "wrong"}`;
      });
      tell("cmi.core.score.min", 0);
      tell("cmi.core.score.max", 100);
      tell("cmi.core.score.raw", Math.round((right / 3) * 100));
      if (right >= 2 || !is_done()) tell("cmi.core.lesson_status", right >= 2 ? "passed" : "failed");
      if (api) api.LMSCommit("");
      said.textContent = `${words.result(right)} ${right >= 2 ? words.good : words.bad}`;
      form.querySelector("button").textContent = words.again;
    });
  }
  addEventListener("pagehide", () => {
    if (!api) return;
    const seconds = Math.round((Date.now() - started) / 1000);
    const two = (n) => String(n).padStart(2, "0");
    tell("cmi.core.session_time", `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`);
    tell("cmi.core.exit", is_done() ? "" : "suspend");
    api.LMSCommit("");
    api.LMSFinish("");
  });
})();
