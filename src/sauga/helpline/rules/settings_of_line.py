"""The few settings of the line that its administrator may change: which policy each stands in, and what is allowed. Pure."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from sauga.kernel.refusals import ActionRefused

LONGEST_ADDRESS = 200
WHY = "why"
"""The key in a policy's value that says why this version was written: a code of `line_policy_reason`."""


@dataclass(frozen=True)
class Setting:
    """One thing that can be set. `kind` is bool, int (from `least` to `most`) or address."""

    policy: str
    path: tuple[str, ...]
    kind: str
    label: Any
    help_text: Any = ""
    least: int = 0
    most: int = 0

    @property
    def field(self) -> str:
        """Its name in a form."""
        return "_".join(self.path)

    def of(self, value: Mapping[str, Any]) -> Any:
        """What is set in a policy's value."""
        for name in self.path:
            value = value[name]
        return value


SETTINGS = (
    Setting(
        "policy.listening",
        ("allowed",),
        "bool",
        _("Shift leads may listen in"),
        _("The counsellor always sees it, and the child's page says that leads may read along."),
    ),
    Setting("policy.listening", ("most_minutes",), "int", _("Listening in ends by itself after, minutes"), least=1, most=60),
    Setting(
        "policy.side_by_side",
        ("most",),
        "int",
        _("Conversations side by side, at most"),
        _("What stands at a volunteer counts when it is lower. It holds for duties that begin from now on."),
        least=1,
        most=3,
    ),
    Setting(
        "policy.helpline_hours",
        ("waiting_per_place", "CHAT"),
        "int",
        _("Chat is full from so many waiting for each counsellor"),
        least=1,
        most=50,
    ),
    Setting(
        "policy.helpline_hours",
        ("waiting_per_place", "PHONE"),
        "int",
        _("Phone is full from so many waiting for each counsellor"),
        least=1,
        most=50,
    ),
    Setting(
        "policy.helpline_hours",
        ("last_start_minutes", "CHAT"),
        "int",
        _("No new conversations in the last minutes of the hours"),
        least=0,
        most=120,
    ),
    Setting(
        "policy.leaving",
        ("to",),
        "address",
        _("“Leave quickly” leads to"),
        _("A harmless page of another site that opens fast. Empty: the page that the installation names."),
    ),
)
GROUPS = ("policy.listening", "policy.side_by_side", "policy.helpline_hours", "policy.leaving")


class SettingUnfit(ActionRefused):
    """A value outside what is allowed; `setting` says which."""

    message = _("One of the values is not allowed.")

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting.field)
        self.setting, self.field = setting, setting.field


def of_group(policy: str) -> tuple[Setting, ...]:
    """The settings that stand in one policy."""
    return tuple(one for one in SETTINGS if one.policy == policy)


def changed(policy: str, value: Mapping[str, Any], given: Mapping[str, Any], why: str) -> dict[str, Any]:
    """The policy's next value. Raises SettingUnfit."""
    made = deepcopy(dict(value))
    for setting in of_group(policy):
        new = given[setting.field]
        if not _is_fit(setting, new):
            raise SettingUnfit(setting)
        place = made
        for name in setting.path[:-1]:
            place = place[name]
        place[setting.path[-1]] = new
    return {**made, WHY: why}


def _is_fit(setting: Setting, value: Any) -> bool:
    if setting.kind == "bool":
        return isinstance(value, bool)
    if setting.kind == "int":
        return isinstance(value, int) and not isinstance(value, bool) and setting.least <= value <= setting.most
    return isinstance(value, str) and (not value or is_harmless(value))


def is_harmless(address: str) -> bool:
    """An https address of a site with a name, without user, port or anything that a browser would not open as a page."""
    if len(address) > LONGEST_ADDRESS or not address.isascii() or any(sign.isspace() or sign in "\"'<>\\" for sign in address):
        return False
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.scheme == "https" and "." in host and not host.replace(".", "").isdigit() and not parts.username and port is None
