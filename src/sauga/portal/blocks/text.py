"""Text blocks. Those that a page has most of draw themselves: a template for each costs more than its
text."""

import re
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock, RichTextBlock, StructBlock, TextBlock
from wagtail.rich_text import RichText, expand_db_html

from sauga.kernel.ui import icons
from sauga.portal.states import Tone

PLAIN = ["bold", "link"]
RICH = ["bold", "link", "ol", "ul", "h3"]
LONGEST_LIST = 20
TO_FILL = re.compile(r"(?P<whole>(?<=>))?(?:(?<=>)|(?<=: ))…(?=</li>)")
LINE = '<span class="to-fill{}"><span class="visually-hidden">…</span></span>'


def anchor(text: Any) -> str:
    """A heading's address on its page."""
    return slugify(str(text)) or "dalis"


def rich(value: RichText) -> SafeString:
    """Rich text with its links; what Wagtail's `richtext` draws with a template for each."""
    return SafeString(expand_db_html(value.source))  # filtered as it was saved


def fillable(html: Any) -> SafeString:
    """Rich text in which an item of a list that ends in “: …”, or is nothing else, is a line to write on (a
    plan, a worksheet)."""
    return mark_safe(TO_FILL.sub(_line, str(html)))  # noqa: S308  rich text, filtered as it was saved


def _line(found: re.Match[str]) -> str:
    return LINE.format("" if found["whole"] is None else " whole")


class Heading(CharBlock):
    """A second-level heading."""

    shows_what_is_stored = True

    class Meta:
        label = _("Heading")
        icon = "title"
        group = _("Words")

    def render(self, value: Any, context: Any = None) -> SafeString:
        """With an address on the page; in advice, with its reader."""
        reader = (context or {}).get("reader")
        name = anchor(value)
        return format_html('\n<h2 id="{}">{}</h2>\n', f"{reader}-{name}" if reader else name, value)


class Words(RichTextBlock):
    """Paragraphs with bold, links, lists and small headings."""

    shows_what_is_stored = True

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        group = _("Words")

    def render(self, value: Any, context: Any = None) -> SafeString:
        """The paragraphs, with lines to write on."""
        return SafeString(f'\n<div class="prose">{fillable(rich(value))}</div>\n')


class Points(StructBlock):
    """Short points, each with a tick or a warning sign."""

    shows_what_is_stored = True

    kind = ChoiceBlock(
        label=_("Marks"),
        choices=[("ticks", _("Ticks: what to do")), ("warn", _("Warnings: what to watch for"))],
        default="ticks",
    )
    points = ListBlock(
        CharBlock(max_length=200, label=_("Point")), label=_("Points"), min_num=1, max_num=LONGEST_LIST
    )

    class Meta:
        label = _("Points")
        icon = "list-ul"
        group = _("Words")

    def render(self, value: Any, context: Any = None) -> SafeString:
        """A list, each point with its mark."""
        is_warning = value["kind"] == "warn"
        mark = icons.icon("triangle-alert" if is_warning else "check")
        points = format_html_join(
            "", "\n    <li>\n      {}<span>{}</span>\n    </li>", ((mark, point) for point in value["points"])
        )
        css = "ticks warn" if is_warning else "ticks"
        return format_html('<ul class="{}">{}\n</ul>\n', css, points)


class Callout(StructBlock):
    """A highlighted passage."""

    shows_what_is_stored = True

    tone = ChoiceBlock(label=_("Tone"), choices=Tone.choices, default=Tone.ADVICE)
    title = CharBlock(label=_("Title"), max_length=90)
    text = RichTextBlock(label=_("Text"), features=PLAIN)

    class Meta:
        label = _("Callout")
        icon = "warning"
        template = "portal/blocks/callout.html"
        group = _("Words")


class Step(StructBlock):
    """One step."""

    title = CharBlock(label=_("Title"), max_length=90)
    text = RichTextBlock(label=_("Text"), features=PLAIN, required=False)

    class Meta:
        label = _("Step")


class Steps(StructBlock):
    """What to do, in order."""

    shows_what_is_stored = True

    steps = ListBlock(Step(), label=_("Steps"), min_num=2, max_num=12)

    class Meta:
        label = _("Steps")
        icon = "list-ol"
        group = _("Words")

    def render(self, value: Any, context: Any = None) -> SafeString:
        """A list in order, each step with its title."""
        steps = format_html_join(
            "",
            "\n    <li>\n      <h3>{}</h3>\n      {}\n    </li>",
            ((step["title"], rich(step["text"])) for step in value["steps"]),
        )
        return format_html('\n<ol class="beads">{}\n</ol>\n', steps)


class Question(StructBlock):
    """One question with its answer."""

    question = CharBlock(label=_("Question"), max_length=160)
    answer = RichTextBlock(label=_("Answer"), features=RICH)

    class Meta:
        label = _("Question")


class Questions(StructBlock):
    """Questions that expand to their answers, with or without a script."""

    shows_what_is_stored = True

    questions = ListBlock(Question(), label=_("Questions and answers"), min_num=1, max_num=LONGEST_LIST)

    class Meta:
        label = _("Questions and answers")
        icon = "help"
        template = "portal/blocks/questions.html"
        group = _("Words")


class Quote(StructBlock):
    """A quotation."""

    shows_what_is_stored = True

    text = TextBlock(label=_("Quoted words"), max_length=600)
    who = CharBlock(label=_("Who said it"), max_length=120)

    class Meta:
        label = _("Quote")
        icon = "openquote"
        template = "portal/blocks/quote.html"
        group = _("Words")
