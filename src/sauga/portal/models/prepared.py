"""Prepared blocks: what to do now in one situation, kept in one place and shown on many pages."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Forever
from sauga.kernel.i18n import readability, written_in
from sauga.portal.blocks.prepared import PreparedSteps
from sauga.portal.models.codes import CodesField
from sauga.portal.rules.page_checks import level_of
from sauga.portal.states import Audience, HelpCode, Level

LANGUAGES = ("lt", "en")


def services() -> list[tuple[str, Any]]:
    """Code and name of every help service."""
    return list(HelpCode.choices)


class PreparedBlock(models.Model):
    """A prepared block says what to do now in one situation: numbered steps, then who helps.

    `loaded` and `written` are the digests of the shipped text and of the block as it was loaded from it; both
    are empty for one that an editor has made.
    """

    data = About(
        plain={"code", "reader", "title_lt", "title_en", "services", "loaded", "written"},
        keep=Forever(
            _("Published advice, about nobody; kept while pages may show it."), what=_("Prepared advice")
        ),
    )

    code = models.SlugField(
        _("short name"), max_length=40, unique=True, help_text=_("For editors, for example “blackmail”.")
    )
    reader = models.CharField(_("for whom"), max_length=24, choices=Audience.choices)
    title_lt = models.CharField(_("title in Lithuanian"), max_length=90)
    title_en = models.CharField(_("title in English"), max_length=90)
    steps_lt = PreparedSteps(verbose_name=_("steps in Lithuanian"))
    steps_en = PreparedSteps(verbose_name=_("steps in English"))
    services = CodesField(
        verbose_name=_("who helps"),
        offered=services,
        help_text=_("Numbers and hours come from the list of help services."),
    )
    platform = models.BooleanField(
        _("say how to report it to the platform"),
        default=False,
        help_text=_("Leads to what platforms remove."),
    )
    confirmed = models.BooleanField(
        _("somebody answers for it"),
        default=False,
        help_text=_("Pages show and offer only what somebody has confirmed."),
    )
    loaded = models.CharField(max_length=64, blank=True, editable=False)
    written = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("prepared block")
        verbose_name_plural = _("prepared blocks")

    def __str__(self) -> str:
        name = f"{self.title()} ({Audience(self.reader).label})" if self.reader else self.title()
        return name if self.confirmed else f"{name} – {_('not confirmed')}"

    def clean(self) -> None:
        """A person to turn to, and words that its readers understand. Raises ValidationError."""
        super().clean()
        found: dict[str, list[str]] = {}
        if not self.services:
            found["services"] = [str(_("Choose who helps."))]
        for language in LANGUAGES:
            if faults := self._faults(language):
                found[f"steps_{language}"] = faults
        if found:
            raise ValidationError(found)

    def _faults(self, language: str) -> list[str]:
        text = self.words(language)
        if written_in(text) not in {"", language}:
            return [str(_("The text is in another language."))]
        troubles = readability.troubles(text, language, self.level)
        return [_said(one) for one in troubles]

    @property
    def level(self) -> str:
        """The reading level by which its words are judged: that of its readers."""
        return level_of(Level.ADULT, [self.reader])

    def title(self, language: str = "") -> str:
        """The title in a language, else in that of the page; English where it is neither."""
        return self.title_lt if (language or get_language()) == "lt" else self.title_en

    def steps(self, language: str = "") -> Any:
        """The steps in the same way."""
        return self.steps_lt if (language or get_language()) == "lt" else self.steps_en

    def words(self, language: str = "") -> str:
        """Everything that visitors read, one line for each title and text."""
        lines = [self.title(language)]
        for step in self.steps(language):
            lines += [step.value["title"], strip_tags(str(step.value["text"] or ""))]
        return "\n".join(line.strip() for line in lines if line.strip())


def _said(trouble: readability.Trouble) -> str:
    if trouble.why == "sentence":
        said = ngettext(
            "“%(text)s” – %(counted)d word, at most %(allowed)d.",
            "“%(text)s” – %(counted)d words, at most %(allowed)d.",
            trouble.counted,
        )
        return said % {"text": trouble.text, "counted": trouble.counted, "allowed": trouble.allowed}
    return str(_("The text is too hard for these readers: choose shorter words."))
