"""What members may not write: ways to reach a person outside the panel. Found by shape; a person reads the
rest."""

import re
from enum import StrEnum

from sauga.kernel.i18n import Personal, find_personal, typed_text

LONGEST_TITLE, LONGEST_PART, LONGEST_COMMENT, LONGEST_NOTE = 120, 900, 600, 400
LONGEST_AGENDA, LONGEST_MINUTES = 2000, 6000


class Contact(StrEnum):
    """Kinds of contact details that are refused."""

    PHONE = "phone"
    EMAIL = "email"
    ACCOUNT = "account"
    PLACE = "place"
    NUMBER = "number"


KINDS = {
    Personal.PHONE: Contact.PHONE,
    Personal.EMAIL: Contact.EMAIL,
    Personal.URL: Contact.ACCOUNT,
    Personal.HANDLE: Contact.ACCOUNT,
    Personal.STREET: Contact.PLACE,
    Personal.SCHOOL_CLASS: Contact.PLACE,
    Personal.POSTCODE: Contact.PLACE,
    Personal.PERSONAL_CODE: Contact.NUMBER,
    Personal.ACCOUNT: Contact.NUMBER,
}
NETWORK = (
    r"(?:insta(?:gram)?|snap(?:chat)?|tiktok|discord|telegram|whatsapp|viber|messenger|facebook|fb|steam|"
    r"roblox)"
)
SHAPES = (
    (Contact.PHONE, re.compile(r"(?<!\d)6(?:[\s.\-–]{0,2}\d){7}(?!\d)", re.ASCII)),
    (
        Contact.PHONE,
        re.compile(r"(?<!\d)(?:8|0|\+?3\s?7\s?0)[\s.\-–]{0,2}6(?:[\s.\-–]{0,2}\d){7}(?!\d)", re.ASCII),
    ),
    (
        Contact.EMAIL,
        re.compile(
            r"[\w.]{2,40}\s?(?:\(at\)|\[at\]|\(eta\)|\[eta\]|\seta\s|\sat\s)\s?[\w-]{2,40}\s?"
            r"(?:\.|taškas|dot)\s?(?:lt|com|net|org|eu)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Contact.ACCOUNT,
        re.compile(
            rf"\b(?:t\.me|wa\.me|discord\.gg|vm\.tiktok\.com|{NETWORK}\.com)/[^\s]{{1,60}}", re.IGNORECASE
        ),
    ),
    (Contact.ACCOUNT, re.compile(rf"\b{NETWORK}\w{{0,6}}\s?[:=]\s?\S{{2,40}}", re.IGNORECASE)),
    (
        Contact.ACCOUNT,
        re.compile(
            rf"\b(?:mano|my)\s{NETWORK}\w{{0,4}}\s(?:(?:yra|vardas|is|name)\s\S{{3,40}}|"
            r"[^\W\d_]{0,30}[\d_.][\w.]{1,30})",
            re.IGNORECASE,
        ),
    ),
    (Contact.ACCOUNT, re.compile(r"\b\w{2,32}#\d{4}\b")),
)
"""Ways of writing that hide a detail from the usual shapes: spaces in numbers, words for signs."""


def contact_in(text: str) -> Contact | None:
    """The first kind of contact detail in a text. Names are not found: the moderator sees them.

    >>> contact_in("Parašyk man: vilnele@pavyzdys.example")
    <Contact.EMAIL: 'email'>
    >>> contact_in("Skambink 116 111, jei sunku. TikTok turi atsakyti.") is None
    True
    """
    for finding in find_personal(text):
        if finding.kind in KINDS and finding.certain:
            return KINDS[finding.kind]
    return next((kind for kind, shape in SHAPES if shape.search(text)), None)


def tidied(text: str) -> str:
    """What was typed, with line ends and spaces in order."""
    lines = (" ".join(line.split()) for line in typed_text(text).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
