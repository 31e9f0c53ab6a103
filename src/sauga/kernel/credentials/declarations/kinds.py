"""Kinds of credentials, as services declare them: `Service(credentials=(CredentialKind(…),))`."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sauga.kernel import audit
from sauga.kernel.credentials.declarations.printed import Words

type Text = str | Promise


class Why(StrEnum):
    """Why a credential was moved. Only the desk reads it; the check page says what and when, never why."""

    MISTAKE = "MISTAKE"
    REQUEST = "REQUEST"
    FRAUD = "FRAUD"
    CONDITIONS = "CONDITIONS"
    REVIEW = "REVIEW"
    SETTLED = "SETTLED"
    NAME = "NAME"
    CONTENT = "CONTENT"
    RENEWED = "RENEWED"
    TERM = "TERM"


REASONS: Mapping[str, Text] = {
    Why.MISTAKE: _("It was issued by mistake."),
    Why.REQUEST: _("The holder asked for it."),
    Why.FRAUD: _("It was obtained or used dishonestly."),
    Why.CONDITIONS: _("Its conditions are no longer met."),
    Why.REVIEW: _("Something about it is being looked into."),
    Why.SETTLED: _("What was looked into is settled."),
    Why.NAME: _("The holder’s name was corrected."),
    Why.CONTENT: _("Something printed on it was corrected."),
    Why.RENEWED: _("It was renewed."),
    Why.TERM: _("Its term is over."),
}


@dataclass(frozen=True, kw_only=True)
class CredentialKind:
    """A kind of credential that a service issues.

    `code` begins with the service's code and a dot: `training.course`. `title` is the heading of the paper
    (“Certificate of attendance”), `criteria` says what the holder has done to get one, `description` what it
    stands for. `issue_with`: any of these permissions of the service issues it; `keep_with` lists, suspends,
    restores, revokes and replaces. `prefix` begins the numbers that are made. `achievement` is a term of Open
    Badges 3.0, such as `CertificateOfCompletion`. `reasons` are the service's own besides `REASONS`, by code.
    `zone` is the part of the audit log. Without `has_desk` there are no desk pages: the service moves the
    credential together with what it certifies, and `keep_with` belongs to its jobs. Where not everybody with
    `keep_with` keeps all of them: `owner` gives the owner's object, which the permission's rule is asked
    about, and `kept_by` the rows of this kind that a person sees at the desk.
    """

    code: str
    title: Text
    description: Text
    criteria: Text
    issue_with: Collection[StrEnum]
    keep_with: StrEnum
    prefix: str = "SIC"
    achievement: str = "CertificateOfCompletion"
    reasons: Mapping[str, Text] = field(default_factory=dict)
    zone: str = "awareness"
    has_desk: bool = True
    owner: Callable[[Any], Any] = lambda _credential: None
    kept_by: Callable[[Any, Any], Any] = lambda _by, rows: rows

    @property
    def service(self) -> str:
        """The service that issues it."""
        return self.code.partition(".")[0]

    def said(self, name: str) -> Words:
        """The title, description or criteria in both languages."""
        text: Any = getattr(self, name)
        with override("lt"):
            lt = str(text)
        with override("en"):
            return Words(lt, str(text))

    def reason(self, why: str) -> Text:
        """A reason in words; empty for a code that neither knows."""
        return self.reasons.get(why) or REASONS.get(why, "")


class KindUnknown(LookupError):
    """No installed service declares a kind of this code."""


_kinds: dict[str, CredentialKind] = {}


def register(kind: CredentialKind) -> None:
    """Declare a kind; the same code again replaces it."""
    _kinds[kind.code] = kind


def kind_of(code: str) -> CredentialKind:
    """The kind with this code. Raises KindUnknown."""
    try:
        return _kinds[code]
    except KeyError:
        raise KindUnknown(code) from None


def zone_of(code: str) -> str:
    """The part of the audit log of a kind; the installation's where its service is no longer installed."""
    return _kinds[code].zone if code in _kinds else audit.INSTALLATION


def every() -> list[CredentialKind]:
    """All kinds of this installation, by code."""
    return [_kinds[code] for code in sorted(_kinds)]
