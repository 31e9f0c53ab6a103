"""The publish gate in words: what each finding means and what to do next."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab
from sauga.kernel.identity import names_of
from sauga.repository.resources.models import Resource
from sauga.repository.resources.rules import publish_gate
from sauga.repository.resources.rules.gate_facts import Finding, GateFacts, Outcome, Result
from sauga.repository.resources.rules.metadata import field_label

LONGEST = 90
SENTENCES: dict[str, str | Promise] = {
    "missing": _("Not filled in: %(where)s."),
    "id_twice": _("The name “%(text)s” is given twice on the page."),
    "reference_lost": _("%(where)s points at “%(text)s”, which is not on the page."),
    "anchor_lost": _("The link %(text)s leads to no place on the page."),
    "picture_silent": _("A picture says nothing to those who cannot see it: %(text)s"),
    "files_without_description": _(
        "An image file has no description. Tick “alternative text” once it has one, or add a text version."
    ),
    "language_missing": _("The page does not declare its language."),
    "title_missing": _("The page has no title."),
    "first_heading": _("The page has %(counted)s first-level headings; it needs one."),
    "heading_skipped": _("A heading level is skipped before “%(text)s” (%(where)s)."),
    "tab_order": _("The tab order is forced (%(where)s, %(text)s)."),
    "not_reached": _("“%(text)s” cannot be reached by keyboard."),
    "inline_script": _("“%(text)s” relies on an inline script."),
    "without_name": _("A link or button has no name: %(text)s"),
    "field_without_label": _("The field “%(text)s” has no label."),
    "keyboard_unsaid": _(
        "Go through the package with the keyboard alone, then tick “structural navigation” or “ARIA” "
        "in its description."
    ),
    "trap": _("Keyboard focus is trapped at: %(text)s"),
    "focus_unseen": _("Keyboard focus reaches something invisible: %(text)s"),
    "captions_missing": _("Captions are missing (%(where)s). Add a WebVTT file."),
    "captions_none": _("Captions are missing. Add a WebVTT file for each spoken language."),
    "captions_format": _("%(where)s is not a WebVTT file."),
    "captions_empty": _("%(where)s contains no captions."),
    "captions_backwards": _("%(where)s: the caption %(text)s ends before it begins."),
    "captions_silent": _("%(where)s: the caption %(text)s is empty."),
    "captions_overlap": _("%(where)s: %(text)s overlap."),
    "file_missing": _("Add the file: %(where)s."),
    "pdf_unreadable": _("%(where)s cannot be read as a PDF."),
    "pdf_untagged": _(
        "%(where)s is not tagged: a screen reader cannot tell headings from text. Export it again with "
        "“tagged PDF”."
    ),
    "pdf_language": _("%(where)s does not declare its language. Set it in the document's properties."),
    "reading_bracket": _("Easy-to-read text has no brackets: %(text)s"),
    "reading_abbreviation": _("Easy-to-read text has no abbreviations: %(text)s"),
    "reading_percentage": _("Easy-to-read text has no percentages: %(text)s"),
    "reading_whole": _(
        "The whole text (%(where)s) is too hard: %(counted)s on the scale, at most %(allowed)s for "
        "these readers."
    ),
    "language_lacks": _("There is no version in this language: %(where)s."),
    "language_other": _("The text in this language (%(where)s) is in another language: %(text)s"),
    "help_missing": _("The topic “%(where)s” needs a help service. Choose one in the description."),
    "licence_missing": _("No licence is chosen."),
    "licence_closed": _("All rights reserved: nobody may use it."),
    "personal_phone": _("The text contains a telephone number: %(text)s"),
    "personal_personal_code": _("The text contains a personal code."),
    "personal_account": _("The text contains a bank account number."),
    "personal_email": _("The text contains a personal address: %(text)s"),
    "personal_handle": _("The text contains a personal account: %(text)s"),
    "personal_ip": _("The text contains an IP address."),
    "outside": _("The page loads content from another host: %(text)s"),
    "second_person": _("A second person with the safeguarding role has not checked it yet."),
    "parts_missing": _("A toolkit needs parts."),
    "review_missing": _("No review date is set."),
    "review_passed": _("The review date has passed: %(text)s."),
}
TONES = {
    Outcome.FAIL: ("bad", "circle-x"),
    Outcome.NOT_RUN: ("wait", "clock"),
    Outcome.PASS: ("good", "circle-check"),
}


def say(finding: Finding) -> str:
    """One finding as a sentence."""
    facts = {
        "where": _where(finding),
        "text": finding.text if len(finding.text) <= LONGEST else finding.text[: LONGEST - 1].rstrip() + "…",
        "counted": finding.counted,
        "allowed": finding.allowed,
    }
    if finding.why == "reading_sentence":
        said = ngettext(
            "“%(text)s” – %(counted)d word, at most %(allowed)d.",
            "“%(text)s” – %(counted)d words, at most %(allowed)d.",
            finding.counted,
        )
        return said % facts
    if finding.why == "parts_waiting":
        return (
            ngettext(
                "%(counted)d part is not published yet.",
                "%(counted)d parts are not published yet.",
                finding.counted,
            )
            % facts
        )
    if finding.why in SENTENCES:
        return str(SENTENCES[finding.why]) % facts
    if finding.why.startswith("html_"):
        return gettext("Invalid markup (%(what)s, line %(line)s): %(text)s") % {
            "what": finding.why.removeprefix("html_").replace("_", " "),
            "line": finding.where,
            "text": facts["text"],
        }
    return gettext("%(rule)s: %(where)s %(text)s") % {"rule": finding.why, **facts}


def _where(finding: Finding) -> str:
    if finding.why == "missing":
        return field_label(finding.where)
    for vocabulary, whys in (("rendition_kinds", {"file_missing"}), ("topics", {"help_missing"})):
        if finding.why in whys and vocab.has_term(vocabulary, finding.where):
            return vocab.label(vocabulary, finding.where)
    return finding.where


def name_of(code: str) -> str:
    """The name of a check."""
    held = publish_gate.list_of(code)
    return vocab.label(held, code) if held else code


def line(result: Result, facts: GateFacts, said: Callable[[Finding], str] = say) -> dict[str, Any]:
    """One check as the page shows it; `said` turns a finding into words."""
    tone, icon = TONES.get(result.outcome, ("good", "circle-check"))
    override = next(
        (one for one in facts.content.get("gate_overrides", []) if one["check"] == result.check), None
    )
    return {
        "code": result.check,
        "name": name_of(result.check),
        "tone": tone,
        "icon": icon,
        "may_override": publish_gate.may_override(result.check),
        "findings": [said(one) for one in result.findings],
        "was_run": result.outcome is not Outcome.NOT_RUN,
        "override": override,
        "is_overridden": result.check in publish_gate.overridden(facts.content, facts.day),
        "blocks": publish_gate.stands_in_the_way(result, facts),
        "applies": result.outcome is not Outcome.NOT_APPLICABLE,
    }


def lines(
    facts: GateFacts, results: Iterable[Result], said: Callable[[Finding], str] = say
) -> list[dict[str, Any]]:
    """Every check as the page shows it; exceptions with name and reason."""
    found = [line(result, facts, said) for result in results]
    names = names_of({one["override"]["by"] for one in found if one["override"]})
    for one in found:
        if one["override"]:
            one["name_of"] = names.get(one["override"]["by"], "")
            reason = one["override"]["reason"]
            one["reason"] = reason.get("lt") or reason.get("en") or ""
    return found


def summary(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """The checks in groups, and the sentence above them."""
    bad = [one for one in lines if one["blocks"] and not one["is_overridden"]]
    spared = [one for one in lines if one["is_overridden"]]
    unseen = [one for one in lines if not one["was_run"] and one not in bad and one not in spared]
    good = [
        one for one in lines if one["applies"] and one["was_run"] and one not in bad and one not in spared
    ]
    return {
        "bad": bad,
        "spared": spared,
        "unseen": unseen,
        "good": good,
        "aside": [one for one in lines if not one["applies"] and one not in spared],
        "counts": ngettext(
            "%(bad)d check of %(all)d stands in the way.",
            "%(bad)d checks of %(all)d stand in the way.",
            len(bad),
        )
        % {"bad": len(bad), "all": len(bad) + len(spared) + len(unseen) + len(good)},
    }


def facts_of(resource: Resource) -> list[tuple[str, str]]:
    """What the page shows of the resource beside the checks."""
    return [
        (gettext("For whom"), ", ".join(vocab.label("audiences", code) for code in resource.audiences)),
        (gettext("Languages"), ", ".join(vocab.label("languages", code) for code in resource.languages)),
        (gettext("Reading level"), vocab.label("reading_levels", resource.reading_level)),
        (gettext("Sensitivity"), vocab.label("sensitivity", resource.sensitivity)),
        (
            gettext("State"),
            vocab.label("state.resource", resource.state)
            if vocab.has_term("state.resource", resource.state)
            else resource.state,
        ),
    ]
