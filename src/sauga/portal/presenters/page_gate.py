"""The publish gate of a page in words: what each finding means, what to do next about each check, and where
it is in the editor.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab
from sauga.repository.resources.presenters import publish_gate
from sauga.repository.resources.rules.gate_facts import Finding, Outcome, Result

NAMES: dict[str, str | Promise] = {"title": _("title"), "summary": _("summary")}
SENTENCES: dict[str, str | Promise] = {
    "page_missing": _("Not filled in: %(where)s."),
    "page_for_nobody": _("The page has no audience or topic."),
    "film_captions": _("The video “%(where)s” has no captions."),
    "film_transcript": _("The video “%(where)s” has no transcript."),
    "rights_missing": _("Credits and terms of “%(where)s” are missing."),
    "page_language": _("There is no draft in this language: %(where)s."),
    "page_unfit": _("The editors' tool does not publish “%(where)s” as it is: %(text)s"),
    "page_copied": _("The translation still says word for word what the original says: %(text)s"),
    "page_help": _("The topic “%(where)s” needs a help block."),
    "link_draft": _("The link “%(where)s” leads to “%(text)s”, which is not published."),
    "link_lost": _("The link “%(where)s” leads to a deleted page."),
    "link_file": _("The link “%(where)s” leads to a deleted file."),
    "link_resource": _("The resource “%(text)s” is not published or does not exist."),
    "link_nowhere": _("The link “%(where)s” leads to an address that does not exist: %(text)s"),
    "link_broken": _("The link “%(where)s” leads to a page of another site that does not respond: %(text)s"),
    "copy": _("A copy starts as a draft."),
}
NEXT: dict[str, str | Promise] = {
    "metadata": _("Fill it in under “Contents”; readers and topics are ticked under “Care”."),
    "axe": _("Press “Check again” and wait a few seconds; then fix what is named."),
    "html": _(
        "Write the block again; if the problem remains, tell the administrators: the template is at fault."
    ),
    "alt_text": _("Describe the image in its block."),
    "captions": _("Add a WebVTT file to the video under “Lists → Films”."),
    "transcript": _("Write the transcript under “Lists → Films”."),
    "tagged_pdf": _("Export the PDF again with “tagged PDF” and with its language, and replace the file."),
    "keyboard": _("Rewrite the link or button with text."),
    "reading_level": _(
        "Split long sentences and choose shorter words, or set another reading level under “Care”."
    ),
    "both_languages": _(
        "Choose “Translate this page”; a draft is enough. A translation that goes live is written in "
        "its own language."
    ),
    "help_block": _("Add the block “Where to find help” to the page."),
    "licence": _("Add it to the image, file or video itself."),
    "personal_data": _("Remove it, or grant an exception if the person has agreed."),
    "no_third_party": _("Upload the file and use our copy."),
    "links": _("Publish the linked page first, or correct or remove the link."),
    "review_date": _("Set a new day under “Care”."),
}


def say(finding: Finding) -> str:
    """One finding as a sentence."""
    if finding.why not in SENTENCES:
        return publish_gate.say(finding)
    text = (
        finding.text
        if len(finding.text) <= publish_gate.LONGEST
        else finding.text[: publish_gate.LONGEST - 1].rstrip() + "…"
    )
    return str(SENTENCES[finding.why]) % {"where": _where(finding), "text": text}


def _where(finding: Finding) -> str:
    for name, why in (("topics", "page_help"), ("languages", "page_language")):
        if finding.why == why and vocab.has_term(name, finding.where):
            return vocab.label(name, finding.where)
    return str(NAMES.get(finding.where, finding.where))


FIELDS = {
    "title": "id_title",
    "summary": "id_summary",
    "page_for_nobody": "id_audiences",
    "review_date": "id_review_by",
}
"""Fields of the editor that are not blocks, by what is wrong with them."""
OTHER_LANGUAGE = ("page_language",)
"""Findings that no field of this page can put right."""
NOT_LOOKED = _("No browser has looked at this version yet. Start it under “All checks and exceptions”.")
BLOCK = re.compile(r"^(\d+)\. ")
LONGEST_SEARCHED = 40


@dataclass(frozen=True)
class Beside:
    """One finding beside the text: in words, with its field, its block (from 1) or the text to look for."""

    text: str
    field: str = ""
    block: int = 0
    search: str = ""

    @property
    def leads_somewhere(self) -> bool:
        """Whether the editor can be led to it."""
        return bool(self.field)


@dataclass(frozen=True)
class Failing:
    """A check that the saved draft does not pass."""

    name: str
    next: str
    findings: Sequence[Beside]


def failing(results: Sequence[Result], codes: Sequence[str]) -> list[Failing]:
    """The failing checks as they stand beside the text."""
    return [
        Failing(
            publish_gate.name_of(one.check),
            str(NOT_LOOKED if one.outcome is Outcome.NOT_RUN else NEXT.get(one.check, "")),
            [beside(one.check, finding) for finding in one.findings],
        )
        for one in results
        if one.check in codes
    ]


def beside(check: str, finding: Finding) -> Beside:
    """Where in the editor a finding is put right."""
    said = say(finding)
    if finding.why in OTHER_LANGUAGE:
        return Beside(said)
    for key in (finding.where, finding.why, check):
        if key in FIELDS:
            return Beside(said, FIELDS[key])
    if place := BLOCK.match(finding.where):
        return Beside(said, "body", block=int(place[1]))
    wanted = finding.where if finding.why.startswith("link_") and finding.where else finding.text
    return Beside(said, "body", search=wanted[:LONGEST_SEARCHED].strip())
