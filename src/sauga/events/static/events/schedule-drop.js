// The place where a card would be dropped: drawn in the board, judged by the server, read aloud.
import { boardAt, places, put } from "./schedule-board.js";

const said = document.querySelector("[data-schedule-said]");
let asked = 0;
let wait = 0;

export const say = (text) => { said.textContent = text; };
export const words = (name) => document.querySelector("[data-schedule]")?.dataset[`text${name}`] ?? "";

// Remove the mark; an answer that is still awaited is for nobody.
export function unmark() {
  asked += 1;
  clearTimeout(wait);
  document.querySelectorAll(".board-drop").forEach((one) => one.remove());
}

export function mark({ at, minutes, place, check }) {
  unmark();
  const board = boardAt(at), number = asked;
  if (!board) return;
  const drawn = Object.assign(document.createElement("li"), { className: "board-drop", ariaHidden: "true" });
  board.append(drawn);
  put(drawn, board, at, minutes, place);
  const query = new URLSearchParams({ instant: new Date(at).toISOString(), minutes, place });
  wait = setTimeout(async () => {
    const answer = await fetch(`${check}?${query}`, { headers: { "X-Sauga-Background": "1" } }).then((got) => got.json()).catch(() => null);
    if (number !== asked || !answer) return;
    const texts = [...answer.refused, ...answer.warnings];
    drawn.classList.add(answer.refused.length ? "bad" : texts.length ? "warn" : "free");
    drawn.textContent = [answer.when, ...texts].join(" · ");
    say(`${answer.when}, ${places().find((one) => one.ref === place)?.name}: ${texts.join(" ") || words("Free")}`);
  }, 40);
}
