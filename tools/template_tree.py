"""Reads a Django template as a tree of elements, template blocks and words, for `format_templates.py`.

Nothing is lost: each node keeps its source, and the places between the nodes keep whether white
space stood there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Elements that a browser sets apart from what stands around them: white space beside them is never seen.
BLOCKS = _names(
    "address article aside blockquote body br caption col colgroup dd details dialog div dl dt "
    "fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol optgroup option "
    "p pre search "
    "section summary table tbody td tfoot th thead title tr ul "
    "circle defs ellipse g line path polygon polyline rect symbol use"
)
# Inside these, too, white space at the start and the end is not seen, though it is around them.
INNER_BLOCKS = _names("button select svg video audio")
# Elements that are never drawn: what stands on both sides of them meets.
UNSEEN = _names("link meta script style base template track source")
VOID = _names(
    "area base br circle col ellipse embed hr img input line link meta path polygon polyline rect "
    "source track use wbr"
)
VERBATIM = _names("pre script style textarea title")
BRANCHES = _names("else elif empty")
# Tags that write nothing where they stand, beside those that end in `as name`.
SILENT = _names("load extends csrf_token")

TOKEN = re.compile(
    r"{%.*?%}|{{.*?}}|{#.*?#}|<!--.*?-->|<!doctype[^>]*>|</[a-z][\w-]*\s*>|<[a-z]|\s+|[^\s{<]+|.",
    re.I | re.S | re.A,
)
TEMPLATE_TAG = re.compile(r"{%-?\s*(\w+)(.*?)%}", re.S)
# White space in the sense of HTML: a no-break space is a letter like others, hence re.A.
WORD = re.compile(r"((?:{%.*?%}|{{.*?}}|[^\s{]+|{)+)", re.A)
SPACE = re.compile(r"\s+", re.A)
TRIMMED = re.compile(r"{%-?\s*blocktrans(?:late)?\b[^%]*\strimmed\b")
HIDDEN = re.compile(r"""\stype=["']?hidden\b""")
CLASS = re.compile(r"""\sclass=["']([^"']*)""")


class UnbalancedError(ValueError):
    """An element opens in one branch of a template tag and closes in another."""


@dataclass
class Node:
    """A piece of a template: a word, a tag without content, or an element or a template block
    with what it holds.
    """

    kind: str  # text, tag, comment, element, block, raw
    source: str  # of its opening where it has content
    name: str = ""
    branches: list[tuple[str, "Branch"]] = field(
        default_factory=list
    )  # an element has one; a template block one for each `else`
    end: str = ""

    @property
    def classes(self) -> list[str]:
        found = CLASS.search(self.source)
        return found[1].split() if found else []

    @property
    def is_hidden_input(self) -> bool:
        return self.name == "input" and bool(HIDDEN.search(self.source))


@dataclass
class Branch:
    """Nodes in their order, and the white space before each of them and after the last (one
    more than nodes).
    """

    nodes: list[Node] = field(default_factory=list)
    spaces: list[str] = field(default_factory=lambda: [""])
    gaps: list[str] = field(default_factory=list)  # by `template_gaps.mark_gaps`

    def add(self, node: Node) -> None:
        """Put a node behind the others."""
        self.nodes.append(node)
        self.spaces.append("")


def tokens(source: str) -> Iterator[str]:
    """The template cut at white space, elements' tags and template tags."""
    at = 0
    while at < len(source):
        match = TOKEN.match(source, at)
        assert match is not None
        end = match.end()
        if re.fullmatch(r"<[a-z]", match[0], re.I):
            end = tag_end(source, at)
            yield " ".join(tag_parts(source[at:end]))
        else:
            yield source[at:end]
        at = end


def tag_end(source: str, at: int) -> int:
    """Where the opening tag that starts at `at` ends; `>` in quotes and in template tags does not count."""
    quote = ""
    while at < len(source):
        if source[at : at + 2] in ("{%", "{{", "{#"):
            at = source.index({"%": "%}", "{": "}}", "#": "#}"}[source[at + 1]], at) + 2
            continue
        if quote:
            quote = "" if source[at] == quote else quote
        elif source[at] in "\"'":
            quote = source[at]
        elif source[at] == ">":
            return at + 1
        at += 1
    raise UnbalancedError("a tag is not closed")


def tag_parts(source: str) -> list[str]:
    """An opening tag at the white space between its attributes, a trimmed text at its words; anything
    else is one part.
    """
    if TRIMMED.match(source):
        return [piece for piece in WORD.split(source) if SPACE.sub("", piece)]
    if not re.match(r"<[a-z]", source, re.I) or tag_end(source, 0) != len(source):
        return [source]
    parts, depth, quote, at = [""], 0, "", 0
    while at < len(source):
        match = re.match(r"{%.*?%}|{{.*?}}|{#.*?#}|\s+|.", source[at:], re.S | re.A)
        assert match is not None
        piece, at = match[0], at + match.end()
        tag = TEMPLATE_TAG.match(piece)
        depth += (tag[1] in ("if", "for", "with")) - tag[1].startswith("end") if tag else 0
        quote = ("" if quote == piece else quote) if quote else piece if piece in ("'", '"') else ""
        if SPACE.fullmatch(piece) and not quote:
            if depth:
                parts[-1] += " "
            else:
                parts.append("")
        else:
            parts[-1] += piece
    if parts[-1] in (">", "/>") and len(parts) > 1:
        last = parts.pop()
        parts[-1] += last
    return [part for part in parts if part]


def parse(source: str, kept: frozenset[str]) -> Branch:
    """The tree of one template; `kept` names the classes of elements that show their white space."""
    paired = frozenset(re.findall(r"{%-?\s*end(\w+)", source))
    return _Reader(list(tokens(source)), paired, kept).read()


class _Reader:
    """One pass over the tokens, with a stack of what is open."""

    def __init__(self, pieces: list[str], paired: frozenset[str], kept: frozenset[str]) -> None:
        self.pieces, self.paired, self.kept, self.at = pieces, paired, kept, 0

    def read(self) -> Branch:
        branch = self._branch(())
        if self.at < len(self.pieces):
            raise UnbalancedError(f"{self.pieces[self.at]} closes what is not open")
        return branch

    def _branch(self, stops: tuple[str, ...]) -> Branch:
        """Nodes until a tag that closes what is open (or a branch of it)."""
        branch = Branch()
        while self.at < len(self.pieces):
            piece = self.pieces[self.at]
            if SPACE.fullmatch(piece):
                branch.spaces[-1] += piece
                self.at += 1
                continue
            tag = TEMPLATE_TAG.match(piece)
            if piece.startswith("</") or (tag and (tag[1].startswith("end") or tag[1] in BRANCHES)):
                return branch
            branch.add(self._node(piece, tag))
        return branch

    def _node(self, piece: str, tag: re.Match[str] | None) -> Node:
        if tag and tag[1] in self.paired:
            return self._template_block(tag[1])
        if piece.startswith("<") and piece[1:2].isalpha():
            return self._element(piece)
        self.at += 1
        if tag:
            return Node("tag", piece, tag[1])
        return Node("comment" if piece.startswith(("{#", "<!--")) else "text", piece)

    def _template_block(self, name: str) -> Node:
        start = self.at
        if name in ("blocktranslate", "blocktrans", "comment", "verbatim", "filter"):
            return self._raw(start, name, "comment" if name == "comment" else "raw")
        try:
            return self._balanced_block(name)
        except UnbalancedError:
            return self._raw(start, name, "raw")

    def _balanced_block(self, name: str) -> Node:
        node = Node("block", self.pieces[self.at], name)
        while True:
            opening = self.pieces[self.at]
            self.at += 1
            node.branches.append((opening, self._branch(())))
            closing = TEMPLATE_TAG.match(self.pieces[self.at]) if self.at < len(self.pieces) else None
            if closing is None or closing[1] not in (f"end{name}", *BRANCHES):
                raise UnbalancedError(f"{{% {name} %}} holds half an element")
            if closing[1] == f"end{name}":
                node.end = closing[0]
                self.at += 1
                return node

    def _raw(self, start: int, name: str, kind: str) -> Node:
        """A template block kept as it is written."""
        depth, self.at = 0, start
        while self.at < len(self.pieces):
            tag = TEMPLATE_TAG.match(self.pieces[self.at])
            depth += (tag[1] == name) - (tag[1] == f"end{name}") if tag else 0
            self.at += 1
            if depth == 0:
                source = "".join(self.pieces[start : self.at])
                return Node(kind, " ".join(tag_parts(source)) if TRIMMED.match(source) else source, name)
        raise UnbalancedError(f"{{% {name} %}} is not closed")

    def _element(self, opening: str) -> Node:
        name = re.split(r"[\s>/{]", opening[1:], maxsplit=1)[0].lower()
        start, self.at = self.at, self.at + 1
        if name in VOID or opening.endswith("/>"):
            return Node("tag", opening, name)
        if name in VERBATIM or self._is_kept(opening):
            return self._verbatim(start, name)
        content = self._branch(())
        if self.at >= len(self.pieces) or self.pieces[self.at].lower().replace(" ", "") != f"</{name}>":
            raise UnbalancedError(f"<{name}> is not closed where it should be")
        self.at += 1
        return Node("element", opening, name, [(opening, content)], f"</{name}>")

    def _is_kept(self, opening: str) -> bool:
        return bool(self.kept.intersection(Node("element", opening).classes))

    def _verbatim(self, start: int, name: str) -> Node:
        depth, self.at = 0, start
        while self.at < len(self.pieces):
            piece = self.pieces[self.at].lower()
            depth += bool(re.match(rf"<{name}[\s>]", piece)) - piece.startswith(f"</{name}")
            self.at += 1
            if depth == 0:
                return Node("raw", "".join(self.pieces[start : self.at]), name)
        raise UnbalancedError(f"<{name}> is not closed")
