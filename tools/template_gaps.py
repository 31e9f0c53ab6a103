"""Decides for each gap between two nodes of a template whether white space there would be seen.

A gap is GLUED (nothing may come in), SPACED (white space stands there and is seen) or FREE (a browser shows
no difference). White space is not seen beside an element that is set apart, at the inner edges of such an
element, and behind other white space. Template tags write nothing themselves, so what counts is every pair of
nodes that can come to stand side by side.
"""

import re

from template_tree import BLOCKS, INNER_BLOCKS, SILENT, TEMPLATE_TAG, UNSEEN, Branch, Node

GLUED, SPACED, FREE = "glued", "spaced", "free"
EDGE, INK = "edge", "ink"
Sides = frozenset[str]
AT_EDGE: Sides = frozenset({EDGE})
AT_INK: Sides = frozenset({INK})
NAMED = re.compile(r"\sas\s+\w+\s*$")
SUPER = re.compile(r"{{\s*block\.super\s*}}")
# Elements of this class are outside the flow: in a row of boxes, white space behind one becomes a
# box of its own.
HIDDEN = "visually-hidden"
# Our style sheets set elements of these classes into the line (`form.inline`).
INLINE = frozenset(("inline",))
# What these hold is written exactly once; what others hold may be left out, repeated or replaced.
ALWAYS = frozenset(("with", "language", "autoescape", "spaceless"))


def mark_gaps(root: Branch) -> None:
    """Fill in `gaps` of the whole tree."""
    extends = any(node.kind == "tag" and node.name == "extends" for node in root.nodes)
    _mark(root, AT_INK, AT_INK, lasting=True)
    if extends:  # what stands between the blocks is never written
        root.gaps = [FREE] * len(root.spaces)


def is_silent(node: Node) -> bool:
    """Whether it writes nothing that is drawn."""
    if node.kind == "comment" or node.is_hidden_input:
        return True
    if node.name == "noscript" and node.branches:
        return _adds_nothing_drawn(node.branches[0][1])
    if node.source.startswith("<"):
        return node.name in UNSEEN
    tag = TEMPLATE_TAG.match(node.source) if node.kind == "tag" else None
    return bool(tag and (tag[1] in SILENT or NAMED.search(tag[2])))


def is_apart(node: Node) -> bool:
    """Whether a browser sets it apart from what stands around it."""
    if not node.source.startswith("<") or node.kind == "comment" or node.name not in BLOCKS:
        return False
    return not INLINE.intersection(node.classes)


def _mark(branch: Branch, before: Sides, after: Sides, lasting: bool = False) -> Sides:
    """Decide the gaps of one branch between `before` and `after`; return what the next node meets.

    Where a white space at the end is `lasting`, it stays there, so more white space before it is not seen.
    """
    lasting = lasting and branch.spaces[-1] != "" and bool(branch.nodes)
    ahead = [AT_EDGE if lasting else after]
    for node in reversed(branch.nodes):
        ahead.append(_first(node, ahead[-1]))
    ahead.reverse()
    branch.gaps = []
    for index, space in enumerate(branch.spaces):
        if any(HIDDEN in node.classes for node in branch.nodes[max(index - 1, 0) : index + 1]):
            branch.gaps.append(SPACED if space else GLUED)
            before = AT_EDGE if space else before
        elif lasting and index == len(branch.nodes) and before != AT_EDGE:
            branch.gaps.append(SPACED)
        elif AT_EDGE in (before, ahead[index]):
            branch.gaps.append(FREE)
        else:
            branch.gaps.append(SPACED if space else GLUED)
            before = AT_EDGE if space else before
        if index < len(branch.nodes):
            before = _inside(branch.nodes[index], before, ahead[index + 1])
    return before


def _first(node: Node, after: Sides) -> Sides:
    """What is met first, on every way through the node and on to what follows."""
    if is_silent(node):
        return after
    if is_apart(node):
        return AT_EDGE
    if node.kind != "block" or node.name == "block":
        return AT_INK
    found: Sides = after if _may_be_empty(node) else frozenset()
    for _, branch in node.branches:
        found |= _first_of(branch, after)
    return found


def _first_of(branch: Branch, after: Sides) -> Sides:
    for node in reversed(branch.nodes):
        after = _first(node, after)
    return after


def _adds_nothing_drawn(branch: Branch) -> bool:
    return bool(branch.nodes) and all(
        is_silent(node)
        or SUPER.fullmatch(node.source)
        or (node.kind == "block" and all(_adds_nothing_drawn(one) for _, one in node.branches))
        for node in branch.nodes
    )


def _may_be_empty(node: Node) -> bool:
    if node.name in ALWAYS:
        return False
    return len(node.branches) == 1 or not any(
        ("else" in tag or "empty" in tag) for tag, _ in node.branches[1:]
    )


def _inside(node: Node, before: Sides, after: Sides) -> Sides:
    """Decide the gaps inside a node; return what stands behind it."""
    if node.kind == "element":
        edged = is_apart(node) or node.name in INNER_BLOCKS or node.name in UNSEEN
        _mark(node.branches[0][1], AT_EDGE if edged else before, AT_EDGE if edged else after)
    elif node.kind == "block":
        return _inside_block(node, before, after)
    if is_silent(node):
        return before
    return AT_EDGE if is_apart(node) else AT_INK


def _inside_block(node: Node, before: Sides, after: Sides) -> Sides:
    if node.name == "block" or node.name not in (*ALWAYS, "if", "for"):
        # A block that adds scripts or style sheets stands in the head or at the end of the page.
        edges = AT_EDGE if all(_adds_nothing_drawn(branch) for _, branch in node.branches) else AT_INK
        for _, branch in node.branches:
            _mark(branch, edges, edges, lasting=True)
        return AT_INK
    if node.name == "for":  # the body follows itself
        body = node.branches[0][1]
        after_body = after | _first_of(body, after)
        before |= _mark(body, before, after_body)
        before |= _mark(body, before, after_body)
        rest = [_mark(branch, before, after) for _, branch in node.branches[1:]]
        return frozenset().union(before, *rest)
    left = [_mark(branch, before, after) for _, branch in node.branches]
    return frozenset().union(*left, before if _may_be_empty(node) else frozenset())
