"""Parts of the frame that look alike on every page of a language: drawn once in a process for each set of
things that they show.

Nothing has to be told when something changes: whatever the part shows and may change is part of its key, and
another key is another drawing.
"""

from collections import OrderedDict
from typing import Any

from django.template import Node, NodeList
from django.template.base import FilterExpression, Parser, Token
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.urls import get_urlconf
from django.utils.translation import get_language

MOST = 40
"""So many drawings of one part are kept: languages times what an editor may change in a day."""
END = "enddrawn_once"


class DrawnOnce(Node):
    """The part, and its latest drawings by key."""

    def __init__(self, keys: list[FilterExpression], nodelist: NodeList) -> None:
        self.keys, self.nodelist = keys, nodelist
        self.drawings: OrderedDict[tuple[Any, ...], str] = OrderedDict()

    def render(self, context: Context) -> str:
        """As drawn before for the same key, or anew."""
        key = (get_language(), get_urlconf(), *[one.resolve(context) for one in self.keys])
        found = self.drawings.get(key)
        if found is None:
            found = self.nodelist.render(context)
            self.drawings[key] = found
            while len(self.drawings) > MOST:
                self.drawings.popitem(last=False)
        return found


def drawn_once(parser: Parser, token: Token) -> DrawnOnce:
    """`{% drawn_once frame there %}…{% enddrawn_once %}`: a part that shows nothing that may change but what
    is named, the language of the page, and what stays the same as long as the process lives (texts, icons,
    addresses of pages by name).
    """
    _name, *keys = token.split_contents()
    if not keys:
        raise TemplateSyntaxError("drawn_once names what its part shows")
    nodelist = parser.parse((END,))
    parser.delete_first_token()
    return DrawnOnce([parser.compile_filter(key) for key in keys], nodelist)
