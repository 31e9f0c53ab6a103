"""Who may hold something back from deletion, change how long things are kept, and set the purge going."""

from enum import StrEnum


class Permission(StrEnum):
    """Acts of retention that a role may hold."""

    RUN = "retention.run"
    HOLD = "retention.hold"
    EDIT_TERMS = "retention.edit_terms"


DEFAULT_ROLES: dict[str, set[Permission]] = {
    "DATA_PROTECTION_OFFICER": {Permission.HOLD, Permission.EDIT_TERMS},
    "LEGAL_OFFICER": {Permission.HOLD},
}

LABELS = {
    "DATA_PROTECTION_OFFICER": {"lt": "Duomenų apsaugos pareigūnas", "en": "Data protection officer"},
    "LEGAL_OFFICER": {"lt": "Teisininkas", "en": "Legal officer"},
}
