"""What a service declares of its vocabularies, policies and settings, so that the kit can show and change
them. Pure.

`Editor` is for all code lists and policies in the service's data files; `Settings` for a few values inside
policies that have fields of their own. Neither asks anything of the database.
"""

import json
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.kernel.kit.editors.shape import Fault
from sauga.kernel.refusals import ActionRefused, Text

LONGEST_CODE = 16  # the narrowest column that holds a code of an open list
CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
TO_CONFIRM = "provisional"
WHY = "why"
"""The key in a policy's value that says why this version was written: a code of the `reasons` of its
settings."""


class CodeUnfit(ActionRefused):
    """A code is an upper-case symbol of at most 16 letters, digits and underscores."""

    message = _("Write the code in capital letters, digits and underscores, at most 16 characters.")
    field = "code"


class LabelMissing(ActionRefused):
    """A term needs its name in both languages."""

    message = _("Write the name in both languages.")


class DaysReversed(ActionRefused):
    """The last day is before the first."""

    message = _("The last day is before the first. Change one of them.")


class SettingUnfit(ActionRefused):
    """A value outside what is allowed; `setting` says which."""

    message = _("One of the values is not allowed.")

    def __init__(self, setting: "Setting") -> None:
        super().__init__(setting.field)
        self.setting, self.field = setting, setting.field


def check_code(_vocabulary: str, code: str) -> None:
    """Whether a new code has the form that codes have. Raises CodeUnfit."""
    if len(code) > LONGEST_CODE or not CODE.fullmatch(code):
        raise CodeUnfit(code)


@dataclass(frozen=True)
class Shipped:
    """What came with the program: the codes of a service's lists, and its policies by name."""

    lists: frozenset[str]
    policies: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Extra:
    """One more value that a new term of a list has: a code of `vocabulary`, kept in the term's `extra`."""

    name: str
    label: Any
    vocabulary: str
    initial: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Editor:
    """The lists and policies of a service, and who may change them.

    `name` begins the names of the addresses; `data` is the folder with the service's `*_vocabularies.json`.
    `elsewhere`: how the names of policies begin that have a page of their own; `fixed`: policies that only a
    release changes; `policy_titles`: what people call them. `may_add` and `may_retire` say whether a list
    takes and loses terms; `check_code(vocabulary, code)` raises CodeUnfit; `faults(name, shipped, value)`
    names what is wrong with a policy. `term_changed` and `policy_changed` are the names of the audit entries
    in `zone`.
    """

    name: str
    data: Path
    permission: StrEnum
    zone: str
    term_changed: StrEnum
    policy_changed: StrEnum
    faults: Callable[[str, Mapping[str, Any], Mapping[str, Any]], list[Fault]]
    lists_text: Text
    policies_text: Text
    policy_titles: Mapping[str, Text] = field(default_factory=dict)
    may_add: Callable[[str], bool] = lambda _list: True
    may_retire: Callable[[str], bool] = lambda _list: True
    check_code: Callable[[str, str], None] = check_code
    extras: Mapping[str, Extra] = field(default_factory=dict)
    elsewhere: tuple[str, ...] = ()
    fixed: frozenset[str] = frozenset()

    def title_of(self, policy: str) -> Text:
        """What people call a policy; its own name where nothing better is declared."""
        return self.policy_titles.get(policy, policy)

    @cached_property
    def shipped(self) -> Shipped:
        """Lists and policies in the service's own data files."""
        files = [
            json.loads(path.read_text(encoding="utf-8"))
            for path in sorted(self.data.glob("*_vocabularies.json"))
        ]
        policies = {
            name: value
            for file in files
            for name, value in file.get("policy_defaults", {}).items()
            if not name.startswith(self.elsewhere or ("\0",))
        }
        lists = {
            code
            for file in files
            for section in ("vocabularies", "state_machines")
            for code in file.get(section, {})
        }
        return Shipped(frozenset(lists), policies)


@dataclass(frozen=True)
class Wording:
    """What staff may say of a term. Both days are inclusive; None: open."""

    label_lt: str
    label_en: str
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    status: str = "confirmed"
    lt_status: str = ""

    def check(self) -> None:
        """Raise LabelMissing or DaysReversed."""
        if not self.label_lt.strip() or not self.label_en.strip():
            raise LabelMissing
        if self.valid_from is not None and self.valid_to is not None and self.valid_to < self.valid_from:
            raise DaysReversed


@dataclass(frozen=True)
class Setting:
    """One value inside a policy. A truth, unless `most` makes it a whole number (from `least`) or `check` a
    text that it finds fit.

    `longest` is the longest text; `refusal` is said beside a text that is unfit.
    """

    policy: str
    path: tuple[str, ...]
    label: Any
    help_text: Any = ""
    least: int = 0
    most: int = 0
    check: Callable[[str], bool] | None = None
    refusal: Text = ""
    longest: int = 200

    @property
    def field(self) -> str:
        """Its name in a form."""
        return "_".join(self.path)

    def of(self, value: Mapping[str, Any]) -> Any:
        """What is set in a policy's value."""
        for name in self.path:
            value = value[name]
        return value

    def is_fit(self, value: object) -> bool:
        """Whether the value may be set."""
        if self.check is not None:
            return isinstance(value, str) and (not value or self.check(value))
        if self.most:
            return isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most
        return isinstance(value, bool)


@dataclass(frozen=True, kw_only=True, eq=False)
class Settings:
    """The settings of a service: `groups` are the titles of the policies they are in, `reasons` the
    vocabulary of why one is changed.

    `name` begins the names of the addresses. `signals` are the live channels that hear of a change; `changed`
    is the name of the audit entry in `zone`. `nothing_set` is how an empty text reads. `template` may extend
    the kit's and have more `context`.
    """

    name: str
    title: Text
    permission: StrEnum
    zone: str
    changed: StrEnum
    reasons: str
    groups: Mapping[str, Text]
    settings: tuple[Setting, ...]
    signals: tuple[str, ...] = ()
    nothing_set: Text = "–"
    template: str = "ui/desk/settings.html"
    context: Callable[[], dict[str, Any]] = dict

    def of_group(self, policy: str) -> tuple[Setting, ...]:
        """The settings that stand in one policy."""
        return tuple(one for one in self.settings if one.policy == policy)

    def next_value(
        self, policy: str, value: Mapping[str, Any], given: Mapping[str, Any], why: str
    ) -> dict[str, Any]:
        """The policy's next value. Raises SettingUnfit."""
        made = deepcopy(dict(value))
        for setting in self.of_group(policy):
            if not setting.is_fit(given[setting.field]):
                raise SettingUnfit(setting)
            place = made
            for name in setting.path[:-1]:
                place = place[name]
            place[setting.path[-1]] = given[setting.field]
        return {**made, WHY: why}
