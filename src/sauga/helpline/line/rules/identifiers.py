"""What a text says about who wrote it: to warn a child or an adult before sending."""

import re
from enum import StrEnum

from sauga.helpline.line.rules import redaction
from sauga.helpline.line.rules.redaction import Kind
from sauga.kernel import sealed

WORDS_OF_A_RECEIPT = 9


OWN = re.compile(
    r"(?:\b(?:aš(?:\s+esu)?|esu|mano vardas(?:\s+yra)?|vadinuosi|vardu|my name is|i "
    r"am|i['’]m)\s{0,4}[:,–-]?\s{0,4})\Z",
    re.IGNORECASE,
)
"""What somebody writes before their own name."""


LONGEST_OWN = 60


class Identifier(StrEnum):
    """What a text may reveal about its writer."""

    CODE = "code"
    NUMBER = "number"
    WHERE = "where"
    NAME = "name"
    RECEIPT = "receipt"


def identifiers_in(text: str) -> list[Identifier]:
    """What the text seems to reveal: own personal code, phone, address, name, receipt. Names of others are
    left.
    """
    found = redaction.found(text)
    kinds = {one.kind for one in found}
    says = {
        Identifier.CODE: Kind.PERSONAL_CODE in kinds,
        Identifier.NUMBER: bool(kinds & {Kind.PHONE, Kind.EMAIL}),
        Identifier.WHERE: bool(kinds & {Kind.STREET, Kind.SCHOOL, Kind.HANDLE}),
        Identifier.NAME: any(
            one.kind is Kind.NAME and OWN.search(text, max(0, one.start - LONGEST_OWN), one.start)
            for one in found
        ),
        Identifier.RECEIPT: _holds_receipt(text),
    }
    return [one for one, so in says.items() if so]


def _holds_receipt(text: str) -> bool:
    words = text.split()
    for start in range(max(1, len(words) - WORDS_OF_A_RECEIPT + 1)):
        try:
            sealed.parse_receipt(" ".join(words[start : start + WORDS_OF_A_RECEIPT]))
        except sealed.ReceiptUnreadable:
            continue
        return True
    return False
