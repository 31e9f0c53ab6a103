"""What a member can be asked to consent to: purposes with their texts in numbered versions, declared by
services and by the kernel.

A text is never changed once a member has agreed to it; a new wording is a new version.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import override

from sauga.kernel.members.models import Member

type Text = str | Promise


def _nothing(_member: Member) -> list[Text]:
    return []


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """Something that takes a consent.

    `texts` has every version, the newest last; consents to versions older than `valid_from_version` no longer
    count and are asked for again. `touches` lists what a withdrawal affects for one member, in sentences;
    `on_withdrawal` carries it out in the same transaction. `for_young`: offered to members under 18, and only
    those; `guardian_until_full_age`: the guardian agrees as well until 18 (photographs). `layers`: the same
    for readers of an age, by its name; every layer has every version. `on_given` is what follows when
    a person has agreed, `on_refusal` when the guardian said no, in the same transaction. `touches_guardian`
    says to the guardian what `touches` says to the member, where that needs other words. `is_over`: nothing
    is asked or withdrawn any more. `order` says what is asked first.
    """

    code: str
    title: Text
    texts: Mapping[int, Text]
    valid_from_version: int = 1
    order: int = 50
    for_young: bool = False
    guardian_until_full_age: bool = False
    touches: Callable[[Member], Sequence[Text]] = _nothing
    touches_guardian: Callable[[Member], Sequence[Text]] | None = None
    layers: Mapping[str, Mapping[int, Text]] = field(default_factory=dict)
    on_given: Callable[[Member, datetime], None] = lambda _member, _at: None
    on_withdrawal: Callable[[Member, datetime], None] = lambda _member, _at: None
    on_refusal: Callable[[Member, datetime], None] = lambda _member, _at: None
    is_over: Callable[[Member], bool] = lambda _member: False

    @property
    def version(self) -> int:
        """The newest version."""
        return max(self.texts)

    @property
    def text(self) -> Text:
        """The words of the newest version."""
        return self.texts[self.version]

    def said_to(self, layer: str, version: int) -> Text:
        """The words of a version for readers of an age; those for everybody where the purpose has no such
        layer."""
        return self.layers.get(layer, self.texts)[version]

    def digest(self, version: int, language: str, layer: str = "") -> bytes:
        """What proves later which words were shown."""
        with override(language):
            said = self.said_to(layer, version)
            return hashlib.sha256(f"{language}|{version}|{said}".encode()).digest()


class UnknownPurpose(LookupError):
    """No service of this installation asks for this consent."""


_purposes: dict[str, Purpose] = {}


def register(purposes: Collection[Purpose]) -> None:
    """Declare purposes; the same code again replaces one."""
    for purpose in purposes:
        _purposes[purpose.code] = purpose


def find(code: str) -> Purpose:
    """The purpose of this code. Raises UnknownPurpose."""
    try:
        return _purposes[code]
    except KeyError:
        raise UnknownPurpose(code) from None


def offered_to(member: Member) -> list[Purpose]:
    """What this member can consent to, in order."""
    return [
        one
        for one in sorted(_purposes.values(), key=lambda one: (one.order, one.code))
        if one.for_young == member.is_young and not one.is_over(member)
    ]
