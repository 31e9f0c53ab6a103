"""The publish gate of a page in words: what each finding means, and what to do next about each check."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab
from sauga.repository.resources.presenters import publish_gate
from sauga.repository.resources.rules.gate_facts import Finding

NAMES: dict[str, str | Promise] = {"title": _("title"), "summary": _("summary")}
SENTENCES: dict[str, str | Promise] = {
    "page_missing": _("Not filled in: %(where)s."),
    "page_for_nobody": _("The page does not say for whom or about what it is."),
    "film_captions": _("The film “%(where)s” has no captions."),
    "film_transcript": _("The film “%(where)s” has no transcript."),
    "rights_missing": _("Nobody has written whose “%(where)s” is and on which terms it may be used."),
    "page_language": _("The text is not even begun in this language: %(where)s."),
    "page_unfit": _("The editors' tool does not publish “%(where)s” as it is: %(text)s"),
    "page_copied": _("The translation still says word for word what the original says: %(text)s"),
    "page_help": _("The topic “%(where)s” needs a place where help is found."),
    "link_draft": _("The link “%(where)s” leads to “%(text)s”, which is not published."),
    "link_lost": _("The link “%(where)s” leads to a page that is gone."),
    "link_file": _("The link “%(where)s” leads to a file that is gone."),
    "link_resource": _("The resource “%(text)s” is not published, or there is none of this name."),
    "link_nowhere": _("The link “%(where)s” leads to an address where there is nothing: %(text)s"),
    "link_broken": _("The link “%(where)s” leads to a page of another site that does not answer: %(text)s"),
    "copy": _("A copy is a draft first."),
}
NEXT: dict[str, str | Promise] = {
    "metadata": _("Fill it in under “Contents”; readers and topics are ticked under “Care”."),
    "axe": _("Press “Check again” and wait some seconds; then mend what is named."),
    "html": _("Write the block anew; if it stays so, tell those who run the house: it is the template's fault."),
    "alt_text": _("Say in the picture's block what can be seen."),
    "captions": _("Add a WebVTT file to the film under “Lists → Films”."),
    "transcript": _("Write the transcript under “Lists → Films”."),
    "tagged_pdf": _("Export the PDF again with “tagged PDF” and with its language, and replace the file."),
    "keyboard": _("Write the link or button anew, with words."),
    "reading_level": _("Cut long sentences in two and choose shorter words, or set another reading level under “Care”."),
    "both_languages": _("Choose “Translate this page”; a draft is enough. A translation that goes live is written in its own language."),
    "help_block": _("Add the block “Where to find help” to the page."),
    "licence": _("Write it at the picture, file or film itself."),
    "personal_data": _("Take it out, or give an exception when the person agreed."),
    "no_third_party": _("Keep the file with us and use it from there."),
    "links": _("Publish the page it leads to first, or mend or take out the link."),
    "review_date": _("Set a new day under “Care”."),
}


def say(finding: Finding) -> str:
    """One finding as a sentence."""
    if finding.why not in SENTENCES:
        return publish_gate.say(finding)
    text = finding.text if len(finding.text) <= publish_gate.LONGEST else finding.text[: publish_gate.LONGEST - 1].rstrip() + "…"
    return str(SENTENCES[finding.why]) % {"where": _where(finding), "text": text}


def _where(finding: Finding) -> str:
    for name, why in (("topics", "page_help"), ("languages", "page_language")):
        if finding.why == why and vocab.has_term(name, finding.where):
            return vocab.label(name, finding.where)
    return str(NAMES.get(finding.where, finding.where))
