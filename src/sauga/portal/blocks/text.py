"""Text blocks."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock, RichTextBlock, StructBlock, TextBlock

from sauga.portal.states import Tone

PLAIN = ["bold", "link"]
RICH = ["bold", "link", "ol", "ul", "h3"]
LONGEST_LIST = 20


class Heading(CharBlock):
    """A second-level heading."""

    class Meta:
        label = _("Heading")
        icon = "title"
        template = "portal/blocks/heading.html"
        group = _("Words")


class Words(RichTextBlock):
    """Paragraphs with bold, links, lists and small headings."""

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "portal/blocks/words.html"
        group = _("Words")


class Points(StructBlock):
    """Short points, each with a tick or a warning sign."""

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
        template = "portal/blocks/points.html"
        group = _("Words")


class Callout(StructBlock):
    """A highlighted passage."""

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

    steps = ListBlock(Step(), label=_("Steps"), min_num=2, max_num=12)

    class Meta:
        label = _("Steps")
        icon = "list-ol"
        template = "portal/blocks/steps.html"
        group = _("Words")


class Question(StructBlock):
    """One question with its answer."""

    question = CharBlock(label=_("Question"), max_length=160)
    answer = RichTextBlock(label=_("Answer"), features=RICH)

    class Meta:
        label = _("Question")


class Questions(StructBlock):
    """Questions that expand to their answers, with or without a script."""

    questions = ListBlock(Question(), label=_("Questions and answers"), min_num=1, max_num=LONGEST_LIST)

    class Meta:
        label = _("Questions and answers")
        icon = "help"
        template = "portal/blocks/questions.html"
        group = _("Words")


class Quote(StructBlock):
    """What somebody said."""

    text = TextBlock(label=_("Quoted words"), max_length=600)
    who = CharBlock(label=_("Who said it"), max_length=120)

    class Meta:
        label = _("Quote")
        icon = "openquote"
        template = "portal/blocks/quote.html"
        group = _("Words")
