"""Data protection of this package's fields: plain. `lists.saved` leaves typed text out of a saved filter
unless the list allows it."""

from sauga.kernel.sealed.registry import declare

declare("kit.SavedView", plain={"path", "name", "query"})
