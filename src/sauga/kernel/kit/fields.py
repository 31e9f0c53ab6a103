"""Data protection of this package's fields: saved views are plain. `lists.saved` leaves typed text out of a
saved filter unless the list allows it. Where a sent form led may be a personal link."""

from sauga.kernel.sealed.registry import declare

declare("kit.SentForm", sealed={"answer"})
declare("kit.KeptForm", sealed={"content"})
declare("kit.SavedView", plain={"path", "name", "query"})
