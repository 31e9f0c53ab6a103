"""What a narrow screen must not do to words and tables: break a word in its middle, cut a table off."""

from typing import Any

BROKEN = r"""() => {
  const found = new Set(), range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const box = node.parentElement, apart = "script, style, code, textarea, option, svg, [translate=no]";
    if (box.closest(apart) || !box.checkVisibility()) continue;
    for (const word of node.data.matchAll(/(?<![^\s(„“"])\p{L}{2,16}(?=[\s.,:;!?)“”"…]|$)/gu)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = [...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => top);
      if (Math.max(...lines) - Math.min(...lines) > 6) found.add(word[0]);
    }
  }
  return [...found].map((word) => `a word broken over two lines: ${word}`);
}"""
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


def broken_words(page: Any) -> list[str]:
    """Short words that a narrow column breaks in the middle; addresses and codes may break."""
    return list(page.evaluate(BROKEN))


def narrow_faults(page: Any) -> list[str]:
    """Words broken in their middle and tables cut off, in the width the page has now."""
    return [*broken_words(page), *page.evaluate(CUT)]
