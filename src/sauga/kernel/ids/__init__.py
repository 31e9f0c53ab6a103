"""Random opaque references, shown and spoken instead of a primary key."""

from sauga.kernel.ids.references import ALPHABET, new_reference, normalise_reference

__all__ = ["ALPHABET", "new_reference", "normalise_reference"]
