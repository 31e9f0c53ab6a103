"""Somebody who uses a page with the keyboard only: each stop shows that it is focused and lies under nothing.

`Keys(page).to("Send")` presses Tab until what is focused is called so, `enter("Send")` presses it as well and
waits for the page after it, `fill("email", text)` types, `choose("Yes")` takes one of several by the arrows.
At the end `faults` is empty.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

LOOK = """() => {
  const here = document.activeElement;
  const name = (one) => {
    if (one.ariaLabel) return one.ariaLabel;
    const by = one.getAttribute("aria-labelledby");
    if (by) return by.split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
    if (one.labels?.length) return [...one.labels].map((label) => label.innerText).join(" ");
    return one.innerText || one.querySelector("svg[aria-label], img[alt]")?.ariaLabel || one.title || "";
  };
  const words = (text) => text.replace(/\\s+/g, " ").trim();
  // What may carry the ring: the element, what is drawn on it, its label or the box around it.
  const isDrawn = (one) => {
    const { clipPath, opacity, width, height } = getComputedStyle(one);
    return clipPath === "none" && opacity !== "0"
      && (width === "auto" || Math.min(parseFloat(width), parseFloat(height)) > 1);
  };
  const look = (part) => [null, "::before", "::after"].map((drawn) => {
    const { boxShadow, outlineStyle, outlineWidth, outlineColor } = getComputedStyle(part, drawn);
    return [boxShadow, outlineStyle === "none" ? "" : outlineStyle + outlineWidth + outlineColor].join();
  });
  const carriers = (one) => [isDrawn(one) && one, one.nextElementSibling, one.closest("label"),
    one.parentElement, one.closest("fieldset, article, li")].filter(Boolean).flatMap(look);
  const before = window.stopBefore;
  const wasPlain = before?.one.isConnected && before.one !== here
    && before.one.tabIndex >= 0 && carriers(before.one).join() === before.looks.join() ? before.name : "";
  if (!here || here === document.body) { window.stopBefore = null; return { name: "", wasPlain }; }
  const said = words(name(here));
  const looks = before?.one === here ? before.looks : carriers(here); // a date has stops of its own
  window.stopBefore = { one: here, looks, name: said };
  // Under something? Of what is focused, or of the label that stands for it, the middle must be on top.
  const hidden = (part) => {
    const box = part.getBoundingClientRect();
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    if (right - left < 1 || bottom - top < 1) return "outside the window";
    const over = [[.5, .5], [.1, .2], [.9, .8]].map(([x, y]) =>
      document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y));
    const covering = over.filter((one) => one && one !== part && !part.contains(one) && !one.contains(part)
      && one.closest("label") !== part.closest("label"));
    return covering.length > 1 ? `under ${covering[0].tagName} ${covering[0].className}` : "";
  };
  return { name: said, kind: here.type || here.tagName.toLowerCase(), wasPlain,
    field: here.name || "", value: here.value ?? "", is_chosen: Boolean(here.checked),
    covered: hidden(isDrawn(here) ? here : here.labels?.[0] ?? here),
    chosen: here.tagName === "SELECT" ? words(here.selectedOptions[0]?.text ?? "") : "" };
}"""

COMES = """document.activeElement === document.body && !location.hash
  && Boolean(document.querySelector("[autofocus]"))"""
"""A page that has just come gives the focus to its message with its first picture."""


@dataclass(frozen=True)
class Stop:
    """Where the focus is."""

    name: str
    kind: str
    field: str
    value: str
    chosen: str
    is_chosen: bool

    def __str__(self) -> str:
        return f"{self.kind} „{self.name[:60]}“"


class Keys:
    """Walks through `page` and counts the stops on each."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.stops: list[Stop] = []
        self.faults: list[str] = []

    def here(self) -> Stop:
        """What is focused now; the focus can be seen, here and at the stop before."""
        seen = self.page.evaluate(LOOK)
        if seen["wasPlain"]:
            self.faults.append(f"{self.page.url}: no ring on „{seen['wasPlain']}“")
        if seen.get("covered"):
            self.faults.append(f"{self.page.url}: „{seen['name']}“ lies {seen['covered']}")
        return Stop(**{one.name: seen.get(one.name, "") for one in fields(Stop)})

    def press(self, *keys: str) -> Stop:
        for key in keys:
            self.page.keyboard.press(key)
        return self.here()

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def skip(self) -> None:
        """Past what stands on every page: by the first stop of a page that has just come."""
        self.to("^(Pereiti prie turinio|Skip to content)$", most=2)
        self.page.keyboard.press("Enter")

    def to(self, name: str, *, kind: str = "", back: bool = False, most: int = 25) -> int:
        """Tab until what is called so (or a field of that name) is focused; the number of stops."""
        for _ in range(40):
            if not self.page.evaluate(COMES):
                break
            self.page.wait_for_timeout(50)
        wanted, walked = re.compile(name), []
        for n in range(1, most + 1):
            stop = self.press("Shift+Tab" if back else "Tab")
            self.stops.append(stop)
            walked.append(str(stop))
            if (stop.field == name or wanted.search(stop.name)) and (not kind or stop.kind == kind):
                return n
        raise AssertionError(
            f"{self.page.url}: {name} was not reached in {most} stops: " + "\n  ".join(walked)
        )

    def enter(self, name: str = "", *, key: str = "Enter", **where: Any) -> None:
        """Go there and press it; wait for the page after it."""
        if name:
            self.to(name, **where)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def fill(self, name: str, text: str, **where: Any) -> None:
        self.to(name, **where)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def tick(self, name: str, **where: Any) -> None:
        self.to(name, **where)
        self.page.keyboard.press("Space")

    def choose(self, name: str, *, most: int = 25) -> None:
        """Of the radio buttons or the list that Tab has reached, what is called so, by the arrows."""
        wanted = re.compile(name)
        self._by_arrows(lambda stop: wanted.search(stop.chosen if "select" in stop.kind else stop.name), most)

    def answer(self, values: Sequence[str], *, most: int = 25) -> None:
        """The same by values; a box is ticked if its own is among them."""
        if (stop := self.here()).kind != "checkbox":
            self._by_arrows(lambda stop: stop.value in values, most)
        elif stop.value in values:
            self.press("Space")

    def _by_arrows(self, is_it: Callable[[Stop], object], most: int) -> None:
        stop = self.here()
        for _ in range(most):
            if is_it(stop):
                if stop.kind == "radio" and not stop.is_chosen:
                    self.press("Space")
                return
            stop = self.press("ArrowDown")
        raise AssertionError(f"{self.page.url}: not among the choices of {stop}")

    def wait_for(self, name: str) -> None:
        """Until the focus is there: a page gives it when it has come."""
        for _ in range(200):
            if re.search(name, self.here().name):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"{self.page.url}: the focus is on {self.here()}, not on {name}")
