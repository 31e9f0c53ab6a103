// The boards of the schedule editor: where an hour and a place are, and what is under the pointer. A row is 5 minutes of time that
// passes, so a day on which the clocks change is an hour shorter or longer.
export const STEP = 5 * 60e3;
const TOP = 5; // the names of the places take the rows above
export const wide = matchMedia("(min-width: 60rem)");
export const boards = () => [...document.querySelectorAll("[data-board]")];
export const first = (board) => Date.parse(board.dataset.first);
export const last = (board) => Date.parse(board.dataset.last);
export const boardAt = (at) => boards().find((board) => at >= first(board) && at < last(board));
export const places = () => [...(boards()[0]?.querySelectorAll("[data-place]") ?? [])].map((one) => ({ ref: one.dataset.place, name: one.textContent.trim() }));
export const cardOf = (ref) => document.querySelector(`[data-card="${ref}"]`);
const row = (board, at) => TOP + Math.round((at - first(board)) / STEP);

export function put(element, board, at, minutes, place) {
  element.style.gridColumn = `${places().findIndex((one) => one.ref === place) + 2}`;
  element.style.gridRow = `${row(board, at)} / span ${Math.max(Math.round(minutes * 60e3 / STEP), 2)}`;
}

export function layOut() {
  for (const board of boards()) {
    board.classList.toggle("drawn", wide.matches);
    if (!wide.matches) continue;
    board.style.gridTemplateColumns = `4.5rem repeat(${places().length}, minmax(8rem, 1fr))`;
    board.querySelectorAll("[data-place]").forEach((one, n) => { one.style.gridColumn = `${n + 2}`; });
    for (const hour of board.querySelectorAll("[data-at]")) hour.style.gridRow = `${row(board, Date.parse(hour.dataset.at))} / span 2`;
    for (const card of board.querySelectorAll("[data-card]")) put(card, board, Date.parse(card.dataset.starts), +card.dataset.minutes, card.dataset.in);
  }
}

export function isOver(element, { clientX: x, clientY: y }) {
  const box = element.getBoundingClientRect();
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

// The time and the place under the pointer, which holds a card `off` pixels below its top.
export function under(event, off) {
  const board = boards().find((one) => isOver(one, event));
  if (!board) return null;
  const hours = [...board.querySelectorAll("[data-at]")].map((one) => one.getBoundingClientRect().top);
  const high = (hours.at(-1) - hours[0]) / (hours.length - 1);
  const at = first(board) + Math.round((event.clientY - off - hours[0]) / high * 12) * STEP;
  const column = [...board.querySelectorAll("[data-place]")].findLast((one) => one.getBoundingClientRect().left <= event.clientX);
  return { at: Math.min(Math.max(at, first(board)), last(board) - STEP), place: column?.dataset.place };
}
