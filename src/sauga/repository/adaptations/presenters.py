"""Names, labels and marks of adaptations and deployments."""

from collections.abc import Callable

from django.utils.translation import get_language, gettext

from sauga.kernel import vocab
from sauga.repository.adaptations.models import Adaptation

MARKS = {
    "editing": ("wait", "half"),
    "partner_review": ("wait", "half"),
    "owner_approval": ("wait", "half"),
    "released": ("good", "dot"),
    "merge_offered": ("wait", "half"),
    "pinned": ("calm", "dash"),
    "suspended": ("bad", "dash"),
    "licence_refused": ("bad", "dash"),
    "retired": ("calm", "dash"),
    "active": ("good", "dot"),
    "stale": ("wait", "half"),
    "requested": ("wait", "half"),
    "ended": ("calm", "dash"),
}
CONTACTS: dict[str, Callable[[], str]] = {
    "shown": lambda: gettext("shown"),
    "asked": lambda: gettext("status checks"),
    "taken": lambda: gettext("taken"),
}


def name(row: Adaptation | None) -> str:
    """What the partner calls an adaptation, else the title of the original in the language of the page."""
    if row is None:
        return ""
    return row.name or row.base.words("title", (get_language() or "lt")[:2]) or row.ref


def state(row: object, vocabulary: str) -> tuple[str, str, str]:
    """Tone, label and sign of a state."""
    code = str(getattr(row, "state", ""))
    tone, sign = MARKS.get(code, ("calm", "dash"))
    return tone, vocab.label(vocabulary, code), sign


def channel(code: str) -> str:
    """The label of a channel."""
    return gettext("page at our address") if code == "page" else vocab.label("deployment_channels", code)
