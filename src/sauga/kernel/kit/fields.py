"""How this package's fields are kept: plain; `lists.saved` leaves out of a saved filter what was typed, unless the list allows it."""

from sauga.kernel.sealed.registry import declare

declare("kit.SavedView", plain={"path", "name", "query"})
