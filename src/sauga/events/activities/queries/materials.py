"""Materials for an activity. Events know no repository: the portal, which knows both, says what there
is."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from sauga.events.activities.models import Activity, HeadsKind
from sauga.events.activities.rules.codes import AUDIENCES


@dataclass(frozen=True)
class Material:
    """A published material: its page, and all its files in one archive."""

    kind: str
    title: str
    note: str
    href: str
    archive: str = ""


type Provider = Callable[[Collection[str], int], Sequence[Material]]

_provider: dict[str, Provider] = {}


def register(provider: Provider) -> None:
    """Say who knows the materials for these audiences and this year; called when the program starts."""
    _provider["materials"] = provider


def materials(row: Activity) -> list[Material]:
    """The materials for an activity's audience, in the language of the page; none without a repository."""
    groups = {one.group for one in row.heads.all() if one.kind == HeadsKind.EXPECTED}
    audiences = {code for group in groups for code in AUDIENCES[group]}
    provider = _provider.get("materials")
    return list(provider(sorted(audiences), row.year)) if provider else []
