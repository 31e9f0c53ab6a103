"""The canonical form (RDFC-1.0) of documents of our own, by pyld, which is told to keep what it made of the
contexts.

Left alone it makes the contexts of each type anew for every document: two thirds of what a signature costs.
Imported at the first signature only, because pyld takes a while to load.
"""

from collections.abc import Sequence
from threading import Lock
from typing import Any
from uuid import uuid4

from pyld import jsonld

from sauga.kernel.credentials.integrity import contexts

OPTIONS = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": contexts.load}
ID = "_uuid"
"""By which pyld knows an active context again."""
MOST_KEPT = 500
"""A credential needs about ten."""

Refused = jsonld.JsonLdError
_lock = Lock()  # neither pyld's own caches nor this one were made for threads
_kept: dict[tuple[Any, ...], tuple[Any, Any]] = {}


class _Processor(jsonld.JsonLdProcessor):  # type: ignore[misc]  # pyld has no types
    def _process_context(
        self, active_ctx: Any, local_ctx: Any, options: Any, *rest: Any, **named: Any
    ) -> Any:
        """The active context that a local one makes of another, made once for each pair: it depends on
        nothing else, as long as contexts come from the files of this package."""
        if ID not in active_ctx or named.get("cycles") is not None:
            return super()._process_context(active_ctx, local_ctx, options, *rest, **named)
        key = (active_ctx[ID], _name(local_ctx), rest, *sorted(named.items()))
        if key not in _kept:
            made = super()._process_context(active_ctx, local_ctx, options, *rest, **named)
            if ID not in made:
                made[ID] = str(uuid4())
            if len(_kept) >= MOST_KEPT:
                _kept.clear()
            _kept[key] = made, local_ctx  # the second is held, so that its id stays its own
        return _kept[key][0]


def n_quads(document: dict[str, Any], dropped: list[Any]) -> str:
    """The document as canonical N-Quads; what no context defines is put into `dropped`. Raises Refused."""
    with _lock:
        processor = _Processor(on_property_dropped=dropped.append)
        return str(processor.normalize(document, dict(OPTIONS)))


def _name(local_ctx: Any) -> Any:
    """What tells a local context from all others: its addresses, or which object of a loaded file it is."""
    if isinstance(local_ctx, str):
        return local_ctx
    if isinstance(local_ctx, Sequence) and all(isinstance(one, str) for one in local_ctx):
        return tuple(local_ctx)
    return id(local_ctx)
