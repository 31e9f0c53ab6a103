"""Template tags of the hotline's public pages."""

from typing import TYPE_CHECKING

from django import template
from django.utils.translation import pgettext

from sauga.hotline.reports.rules import ChildInDanger
from sauga.kernel import vocab

if TYPE_CHECKING:
    from sauga.hotline.reports.models import Report

register = template.Library()


@register.simple_tag
def vocab_label(vocabulary: str, code: str) -> str:
    """`{% vocab_label "rrt.route" route.route %}`: a code in words, in the page's language; the code itself
    where no word is known."""
    return vocab.label(vocabulary, code) if code else ""


@register.simple_tag
def child_in_danger(report: "Report") -> str:
    """`{% child_in_danger report %}`: what the reporter answered to “Is a child in danger now?”: yes, no or
    not stated."""
    said = {
        ChildInDanger.YES: pgettext("child in danger", "yes"),
        ChildInDanger.NO: pgettext("child in danger", "no"),
    }
    return said.get(ChildInDanger(report.child_in_danger)) or pgettext("child in danger", "not stated")
