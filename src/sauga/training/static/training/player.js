// The course player: keeps the second where a film stopped, stops it at its questions, and saves answers of an open try.
import { send } from "./learning/queue.js";

const root = document.querySelector("[data-keep]");
if (root?.dataset.cache) send(root.dataset.cache, root.dataset.list); // what was done without a network
if (root) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  const keep = (body) => {
    body.set("csrfmiddlewaretoken", token);
    return fetch(root.dataset.keep, { method: "POST", body, keepalive: true });
  };
  const film = root.querySelector("video, audio");
  if (film) {
    const start = Number(root.dataset.second || 0);
    let last = start;
    const questions = [...root.querySelectorAll("[data-at]")].filter((one) => !one.dataset.answered);
    film.addEventListener("loadedmetadata", () => { if (start && start < film.duration - 2) film.currentTime = start; });
    const resume = root.querySelector("[data-resume]");
    if (resume) {
      resume.hidden = false;
      resume.addEventListener("click", () => { film.currentTime = start; film.play(); });
    }
    film.addEventListener("timeupdate", () => {
      const now = Math.floor(film.currentTime);
      const due = questions.find((one) => !one.dataset.shown && now >= Number(one.dataset.at) && now < Number(one.dataset.at) + 3);
      if (due) {
        due.dataset.shown = "1";
        film.pause();
        due.scrollIntoView({ block: "center" });
        due.querySelector("input, select")?.focus({ preventScroll: true });
      }
      if (Math.abs(now - last) >= 10) {
        last = now;
        keep(new URLSearchParams({ second: String(now) }));
      }
    });
    film.addEventListener("pause", () => keep(new URLSearchParams({ second: String(Math.floor(film.currentTime)) })));
  }
  const quiz = root.querySelector("form[data-quiz]");
  if (quiz) {
    const state = quiz.querySelector("[data-saved]");
    let timer = 0;
    quiz.addEventListener("change", () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        keep(new URLSearchParams(new FormData(quiz))).then((answer) => {
          if (state) state.textContent = answer.ok ? state.dataset.saved : state.dataset.failed;
        }, () => { if (state) state.textContent = state.dataset.failed; });
      }, 600);
    });
  }
}
