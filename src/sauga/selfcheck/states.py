"""State columns of selfcheck and their tables of allowed moves."""

from enum import StrEnum

from sauga.kernel.states import StateTable


class BankState(StrEnum):
    """Life of a version of the personal test: written, reviewed, published, replaced by the next."""

    DRAFT = "DRAFT"
    IN_REVIEW = "IN_REVIEW"
    PUBLISHED = "PUBLISHED"
    REPLACED = "REPLACED"
    DISCARDED = "DISCARDED"


B = BankState
BANK = StateTable(
    B.DRAFT,
    {
        B.DRAFT: {B.IN_REVIEW, B.DISCARDED},
        B.IN_REVIEW: {B.DRAFT, B.PUBLISHED},
        B.PUBLISHED: {B.REPLACED},
        B.REPLACED: {B.PUBLISHED},
        B.DISCARDED: {B.DRAFT},
    },
)
"""A replaced version can be published again; a discarded draft can be taken up again."""
