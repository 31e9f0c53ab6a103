// Quizzes and self-checks answer in the page: nothing is sent. Without this script the form is posted and the same is said on a page of its own.
const words = (part, name) => part.querySelector("[data-score]").dataset[name];
const inputs = (part) => [...part.querySelectorAll("input[type=radio], input[type=checkbox]")];
const chosen = (question) => inputs(question).some((one) => one.checked);
const right = (question) => inputs(question).every((one) => one.checked === one.hasAttribute("data-right"));
const points = (question) => inputs(question).reduce((sum, one) => sum + (one.checked ? Number(one.dataset.points) : 0), 0);
const most = (question) => Math.max(...inputs(question).map((one) => Number(one.dataset.points)));

const explain = (question, head) => {
  const verdict = question.querySelector("[data-verdict]");
  const why = question.querySelector("[data-why]");
  const text = document.createElement("p");
  text.className = "outcome";
  text.textContent = head;
  verdict.replaceChildren(...(head ? [text] : []), ...(why ? [why.content.cloneNode(true)] : []));
};
const judge = (form, question) => {
  const good = right(question);
  question.classList.toggle("good", good);
  explain(question, good ? `✓ ${words(form, "good")}` : words(form, "bad"));
};
const clear = (question) => {
  question.classList.remove("good");
  question.querySelector("[data-verdict]").replaceChildren();
};
const check = (form, questions) => {
  const total = questions.reduce((sum, one) => sum + points(one), 0);
  questions.forEach((one) => (chosen(one) && points(one) < most(one) ? explain(one, "") : clear(one)));
  const results = [...form.querySelectorAll("[data-result]")];
  const fits = questions.some(chosen) && results.find((one) => total >= Number(one.dataset.least));
  results.forEach((one) => { one.hidden = one !== fits; });
  return "";
};
const quiz = (form, questions) => {
  questions.forEach((one) => (chosen(one) ? judge(form, one) : clear(one)));
  return words(form, "words").replace("{right}", questions.filter(right).length).replace("{all}", questions.length);
};

document.querySelectorAll("[data-quiz]").forEach((form) => {
  const questions = [...form.querySelectorAll("[data-question]")];
  const end = form.querySelector("[data-end]");
  const isCheck = form.hasAttribute("data-check");
  form.querySelector("[data-without-script]").hidden = true;
  form.querySelectorAll("[data-with-script], [data-print]").forEach((one) => { one.hidden = false; });
  form.querySelector("[data-print]").addEventListener("click", () => window.print());
  form.addEventListener("change", (event) => {
    const question = event.target.closest("[data-question]");
    if (isCheck || event.target.type !== "radio") clear(question);
    else judge(form, question);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const said = questions.some(chosen) ? (isCheck ? check : quiz)(form, questions) : words(form, "none");
    const score = end.querySelector("[data-score]");
    score.textContent = said;
    score.hidden = !said;
    end.hidden = false;
    end.focus();
  });
  form.addEventListener("reset", () => {
    questions.forEach(clear);
    end.hidden = true;
    inputs(form)[0].focus();
  });
});
