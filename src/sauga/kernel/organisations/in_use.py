"""What other packages do with organisations: a package that depends on one says so here, because the register
lies below them and cannot ask.
"""

from collections.abc import Callable
from datetime import datetime

from sauga.kernel.organisations.models import Organisation
from sauga.kernel.refusals import Text

type Use = Callable[[Organisation, datetime], Text]
"""In a few words how the organisation is used at that time; empty where it is not."""

_USES: dict[str, Use] = {}


def register_use(name: str, use: Use) -> None:
    """Say how `name` uses organisations; saying it again changes nothing."""
    _USES[name] = use


def uses_of(organisation: Organisation, at: datetime) -> list[Text]:
    """How the organisation is used at `at`, in words."""
    return [said for _name, use in sorted(_USES.items()) if (said := use(organisation, at))]
