"""What a narrow screen must not do to words and tables: break a word in its middle, cut a table off."""

from typing import Any

BROKEN = r"""() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (!text.data.trim() || !text.parentElement.checkVisibility()) continue;
    range.selectNodeContents(text);
    if (range.getClientRects().length < 2) continue;
    for (const { 0: word, index } of text.data.matchAll(/[\p{L}\p{M}]+/gu)) {
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const lines = new Set([...range.getClientRects()].filter(({ width }) => width > 0.5)
        .map(({ bottom }) => Math.round(bottom)));
      const around = /\S*$/.exec(text.data.slice(0, index))[0] + word
        + /^\S*/.exec(text.data.slice(index + word.length))[0];
      if (lines.size > 1 && !/[@\/_\d]/.test(around)) found.push(`broken word: ${around}`);
    }
  }
  return [...new Set(found)];
}"""
"""A word is a run of letters; an address or a checksum may break anywhere, it has no better place."""
CUT = r"""() => [...document.querySelectorAll("table")].flatMap((table) => {
  if (!table.checkVisibility()) return [];
  const name = `table ${(table.caption ?? table).textContent.trim().slice(0, 40)}`;
  const { left, right } = table.getBoundingClientRect();
  for (let box = table.parentElement; box; box = box.parentElement) {
    const edge = box.getBoundingClientRect(), flow = getComputedStyle(box).overflowX;
    if (flow === "visible" || (left >= edge.left - 1 && right <= edge.right + 1)) continue;
    if (flow === "hidden" || flow === "clip") return [`${name}: cut off`];
    return box.tabIndex === 0 && (box.ariaLabel || box.hasAttribute("aria-labelledby")) ? []
      : [`${name}: wider than the screen, and the keyboard cannot scroll it`];
  }
  return right > document.documentElement.clientWidth + 1 ? [`${name}: wider than the screen`] : [];
})"""


def narrow_faults(page: Any) -> list[str]:
    """Words broken in their middle and tables cut off, in the width the page has now."""
    return [*page.evaluate(BROKEN), *page.evaluate(CUT)]
