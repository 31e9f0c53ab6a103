"""Blocks with links: to help, to other pages, to resources."""

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    ListBlock,
    MultipleChoiceBlock,
    PageChooserBlock,
    StructBlock,
)

from sauga.portal.states import HelpCode


class HelpFor(StructBlock):
    """One service and when it helps."""

    service = ChoiceBlock(label=_("Who helps"), choices=HelpCode.choices)
    when = CharBlock(label=_("When it helps"), max_length=200)

    class Meta:
        label = _("Service with an explanation")


class Help(StructBlock):
    """Where to get help. Numbers and hours come from the list of help services, as of the day of reading."""

    takes_what_is_stored = True

    title = CharBlock(label=_("Title"), max_length=90)
    services = MultipleChoiceBlock(
        label=_("Who helps"), choices=HelpCode.choices, widget=CheckboxSelectMultiple, required=False
    )
    explained = ListBlock(
        HelpFor(),
        label=_("Who helps, and when"),
        help_text=_("Instead of the list above, where each needs a sentence of its own."),
        min_num=0,
        max_num=8,
        default=[],
    )

    class Meta:
        label = _("Where to find help")
        icon = "comment"
        template = "portal/blocks/help.html"
        group = _("Links")


class Pages(StructBlock):
    """A few other pages of ours, with their summaries."""

    title = CharBlock(label=_("Title"), max_length=90)
    pages = ListBlock(PageChooserBlock(label=_("Page")), label=_("Pages"), min_num=1, max_num=8)

    class Meta:
        label = _("Other pages")
        icon = "doc-full"
        template = "portal/blocks/pages.html"
        group = _("Links")


class ShortName(CharBlock):
    """The slug of a resource; not text for readers."""


class Resources(StructBlock):
    """Resources of the repository by slug; a withdrawn one disappears from the page."""

    title = CharBlock(label=_("Title"), max_length=90)
    slugs = ListBlock(
        ShortName(
            label=_("Short name of the resource"),
            help_text=_("The last part of its address."),
            max_length=120,
        ),
        label=_("Resources"),
        min_num=1,
        max_num=8,
    )

    class Meta:
        label = _("Resources")
        icon = "folder-open-inverse"
        template = "portal/blocks/resources.html"
        group = _("Links")
