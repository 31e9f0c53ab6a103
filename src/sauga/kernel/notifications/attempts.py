"""What a mail server's answer means for one mail of many: whether to try again, when, and whether the address
exists at all. Pure."""

import re
from datetime import timedelta

from sauga.kernel.outbound import MailResult

TRIES = 6
"""How often a mail is offered to a server that puts it off."""
REFUSED = MailResult(accepted=False, code=0, text="MailRefused")
"""Stands for a mail that could not be written to its address."""
_ENDS = re.compile(r"5\.1\.\d+|5\.2\.1|55[0136]", re.ASCII)
_ENHANCED = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])", re.ASCII)


def is_final(code: str) -> bool:
    """Whether a server's code says that the address does not exist or takes no mail: bad addresses (5.1.x),
    disabled mailboxes (5.2.1), or 550, 551, 553 and 556 where no enhanced code is given.

    A full mailbox or a refused text (5.2.2, 5.7.x) may be otherwise next time.
    """
    return _ENDS.fullmatch(code) is not None


def is_unanswered(result: MailResult) -> bool:
    """Whether no one answered: that was no attempt."""
    return not result.accepted and result.temporary and not result.code


def is_over(result: MailResult, attempts: int) -> bool:
    """Whether a refused mail is not offered again after so many attempts."""
    return not result.temporary or attempts >= TRIES


def wait_after(attempts: int) -> timedelta:
    """How long to wait before a mail that was put off is offered again: from five minutes to hours."""
    return timedelta(minutes=5 * 3 ** max(0, attempts - 1))


def code_of(result: MailResult) -> str:
    """The enhanced code of an answer, else its reply code; 553 stands for an address to which none can be
    written."""
    found = _ENHANCED.search(result.text)
    return found.group() if found else str(result.code or 553)
