"""Sets Django templates with one element a line and an indentation that shows the nesting.

`make fix` writes them (`format_templates.py`), `make check` only asks (`format_templates.py --check`). A line
is broken only where a browser shows no difference (`template_gaps.py`), so pages look the same before and
after; the words that are translated are not touched. What cannot be broken stays longer than the limit: a
template tag, a word, an attribute's value.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from template_gaps import FREE, GLUED, SPACED, is_apart, is_silent, mark_gaps
from template_tree import SPACE, Branch, Node, UnbalancedError, parse, tag_parts

ROOT = Path(__file__).resolve().parents[1]
WIDTH, INDENT = 110, 2
# Our style sheets show the white space inside elements of these classes (`white-space: pre-…`).
KEPT = frozenset(("change", "changes", "policy-text", "say"))
# Our tags that draw a part of the page, not a word of a sentence.
PARTS = frozenset(("include", "field"))


@dataclass
class Item:
    """A piece that is not broken (except between the attributes of a tag), and the gap before it."""

    text: str
    depth: int
    gap: str
    forced: bool = False
    blank: bool = False


def format_source(source: str) -> str:
    """The template, set anew; the second time changes nothing."""
    root = parse(source, KEPT)
    mark_gaps(root)
    items: list[Item] = []
    _put_branch(items, root, 0, True)
    items[0].forced = False
    lead = "" if root.gaps[0] != SPACED else "\n"
    return lead + "\n".join(_lines(items)) + ("" if root.gaps[-1] == GLUED else "\n")


def _put_branch(items: list[Item], branch: Branch, depth: int, broken: bool) -> None:
    for index, node in enumerate(branch.nodes):
        gap, space = branch.gaps[index], branch.spaces[index]
        before = branch.nodes[index - 1] if index else None
        beside = before is not None and node.kind == "comment" and space != "" and "\n" not in space
        forced = (
            not beside and gap != GLUED and ((index == 0 and broken) or _breaks(before, node, gap, depth))
        )
        blank = forced and index > 0 and space.count("\n") > 1
        _put_node(items, node, depth, Item("", depth, SPACED if beside else gap, forced, blank))


def _is_short(node: Node) -> bool:
    """A block without elements that stand apart may be filled into an attribute or a title: it
    stays as it is.
    """
    return node.kind == "block" and node.name == "block" and not _is_set_apart(node)


def _breaks(before: Node | None, node: Node, gap: str, depth: int) -> bool:
    """Whether two neighbours stand on lines of their own."""
    pair = [one for one in (before, node) if one is not None]
    if any(_is_broken(one, depth) or (_is_set_apart(one) and one.name != "br") for one in pair):
        return True
    if before is not None and (
        before.name == "br" or (depth == 0 and gap == FREE and before.name == node.name == "block")
    ):
        return True
    if any(one.kind == "tag" and one.name in PARTS for one in pair):
        return not any(one.kind == "text" for one in pair)
    return gap == FREE and any(is_silent(one) for one in pair)


def _is_set_apart(node: Node) -> bool:
    return is_apart(node) or any(_holds_apart(branch) for _, branch in node.branches)


def _holds_apart(branch: Branch) -> bool:
    return any(
        _is_set_apart(node) or (is_silent(node) and branch.gaps[index] == FREE and node.kind != "comment")
        for index, node in enumerate(branch.nodes)
    )


def _is_broken(node: Node, depth: int) -> bool:
    """Whether its content stands on lines of its own."""
    if not node.branches or _is_short(node):
        return False
    if any(_holds_apart(branch) for _, branch in node.branches):
        return True
    text = _flat(node)
    if len(text) + depth * INDENT <= WIDTH and "\n" not in text:
        return False
    if node.kind == "element":
        content = node.branches[0][1]
        return bool(content.nodes) and GLUED not in (content.gaps[0], content.gaps[-1])
    return all(branch.gaps[-1] != GLUED for _, branch in node.branches)


def _flat(node: Node) -> str:
    parts = []
    for tag, branch in node.branches:
        parts += [tag, *(_flat_gap(branch, index) + _flat(one) for index, one in enumerate(branch.nodes))]
        parts.append(_flat_gap(branch, len(branch.nodes)))
    return "".join(parts) + node.end if node.branches else node.source


def _flat_gap(branch: Branch, index: int) -> str:
    return " " if branch.gaps[index] == SPACED else ""


def _put_node(items: list[Item], node: Node, depth: int, item: Item) -> None:
    broken = _is_broken(node, depth)
    if not node.branches or (not broken and (is_apart(node) or _is_short(node))):
        item.text = _flat(node)
        items.append(item)
        return
    for index, (tag, branch) in enumerate(node.branches):
        item.text = tag
        items.append(item)
        _put_branch(items, branch, depth + broken, broken)
        last = branch.gaps[-1] if branch.nodes else branch.gaps[0]
        forced = last != GLUED and (broken or bool(branch.nodes and _is_broken(branch.nodes[-1], depth)))
        item = Item("", depth, last, forced)
        if index == len(node.branches) - 1:
            item.text = node.end
            items.append(item)


def _lines(items: list[Item]) -> Iterator[str]:
    paragraph: list[Item] = []
    for item in items:
        if item.forced and paragraph:
            yield from _fill(paragraph)
            paragraph = []
            if item.blank:
                yield ""
        paragraph.append(item)
    yield from _fill(paragraph)


def _fill(paragraph: list[Item]) -> Iterator[str]:
    """One run of words and tags, broken at white space where a line would grow too long."""
    indent = " " * (paragraph[0].depth * INDENT)
    line = ""
    for chunk in _chunks(paragraph, SPACED):
        text = "".join(item.text for item in chunk)
        if line and _fits(line + " ", text):
            line += " " + text
            continue
        if line:
            yield line
        line = indent + text
        if not _fits(indent, text):
            *full, line = _break_chunk(chunk, indent)
            yield from full
    yield line


def _fits(line: str, text: str) -> bool:
    return len(line.rsplit("\n", 1)[-1]) + len(text.split("\n", 1)[0]) <= WIDTH


def _chunks(items: list[Item], gap: str) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    for item in items:
        if item.gap == gap and chunk:
            yield chunk
            chunk = []
        chunk.append(item)
    if chunk:
        yield chunk


def _break_chunk(chunk: list[Item], indent: str) -> Iterator[str]:
    """What has no white space: broken where it may come in unseen, and between the attributes of a tag."""
    line, deeper = "", indent + " " * INDENT
    for part in _chunks(chunk, FREE):
        text = "".join(item.text for item in part)
        if line and _fits(line, text):
            line += text
            continue
        if line:
            yield line
            indent = deeper
        line = indent + text
        if not _fits(indent, text):
            *full, line = _break_tags(part, indent)
            yield from full
    yield line


def _break_tags(part: list[Item], indent: str) -> Iterator[str]:
    line, fresh = indent, True
    for item in part:
        for number, piece in enumerate(tag_parts(item.text)):
            if number and not _fits(line + " ", piece):
                yield line
                line = indent + " " * 2 * INDENT + piece
            else:
                line += (" " if number else "") + piece
            fresh = False
    assert not fresh
    yield line


def main() -> int:
    """Format the templates, or with --check name those that are not formatted."""
    check = "--check" in sys.argv
    named = [Path(name) for name in sys.argv[1:] if not name.startswith("-")]
    wrong = 0
    for path in named or sorted((ROOT / "src").rglob("templates/**/*.html")):
        source = path.read_text(encoding="utf-8")
        try:
            wanted = format_source(source)
        except UnbalancedError as error:
            print(f"{path}: {error}")
            wrong += 1
            continue
        if SPACE.sub("", wanted) != SPACE.sub("", source):
            raise AssertionError(f"{path}: formatting would change more than white space")
        if wanted != source and check:
            print(f"{path} is not formatted: make fix")
            wrong += 1
        elif wanted != source:
            path.write_text(wanted, encoding="utf-8")
    return int(wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main())
