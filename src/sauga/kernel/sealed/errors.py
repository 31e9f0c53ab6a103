"""Every exception of this package. Their texts never hold a secret, a typed word or a key."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from sauga.kernel.refusals import ActionRefused


class SealedError(Exception):
    """The base class of all errors of this package."""


class EnvelopeError(SealedError):
    """An envelope cannot be opened."""


class EnvelopeUnknown(EnvelopeError):
    """Its version or suite byte is not one that this code writes: made by newer code, or tampered with."""


class EnvelopeDamaged(EnvelopeError):
    """It is too short, was changed, was moved to another row or field, or belongs to another key."""


class ContextInvalid(SealedError):
    """A part of a bound context is empty or holds the separator."""


class TextNotSealable(SealedError):
    """The text holds half a surrogate pair and so has no UTF-8 form."""


class WeakPublicKey(SealedError):
    """A public key of wrong length or low order: sealing to it would hide nothing."""


class ParametersRefused(SealedError):
    """A stored row asks for a weaker (or absurdly dear) password derivation than this code writes: it was
    changed."""


class RogueZoneKey(SealedError):
    """A zone key row was not written by this installation, or the file `keys/index` is not the one it was
    written with."""


class RogueMembership(SealedError):
    """A membership row is not signed by a holder of the team key, or names another public key than the
    person's own."""


class KeyNotAvailable(SealedError, ActionRefused):
    """This opener holds no key for it: never given, taken away, or destroyed."""

    message = _("Your keys do not open this, or its time limit has passed.")


class VaultLocked(KeyNotAvailable):
    """Nothing sealed can be read or written by this person until the vault is unlocked."""

    message = _("Your vault is locked. Unlock it with your password first.")


class ZoneMissing(SealedError):
    """The zone has no keys yet."""


class ZoneExists(SealedError):
    """The zone has keys already; making them anew would orphan everything sealed so far."""


class NotAMember(SealedError):
    """The person is not a member of that team."""


class LastMember(SealedError):
    """The team would be left without anybody who can open its cases."""


class UnlockRefused(SealedError):
    """Wrong password, wrong code, or no key pair: deliberately not distinguished."""


class AlreadyEnrolled(SealedError):
    """The person has a key pair; only `reenrol_person` may replace it."""


class VaultClosed(SealedError):
    """The vault kept in the session does not open under this cookie's secret."""


class RecoveryCodeUnreadable(SealedError):
    """What was typed is no recovery code: wrong length or its check letters do not fit."""


class SharesRefused(SealedError):
    """The escrow shares are mistyped, too few, of different sets, or of another zone.

    `number` is the one at fault, 0 if none alone.
    """

    def __init__(self, why: str, number: int = 0) -> None:
        super().__init__(why)
        self.number = number


class UnreadableWhy(StrEnum):
    """What to tell a person about a receipt that could not be read."""

    EMPTY = "EMPTY"
    TOO_LONG = "TOO_LONG"
    WORD_COUNT = "WORD_COUNT"
    UNKNOWN_WORD = "UNKNOWN_WORD"
    CHECK = "CHECK"
    AMBIGUOUS = "AMBIGUOUS"


class ReceiptUnreadable(SealedError):
    """What was typed is no receipt.

    `why`: what to tell; `positions`: the words at fault, from 1; `found`: how many were typed.
    """

    def __init__(self, why: UnreadableWhy, positions: tuple[int, ...] = (), found: int = 0) -> None:
        super().__init__(str(why))
        self.why, self.positions, self.found = why, positions, found


class TicketError(SealedError):
    """A form ticket or a pass is not accepted."""


class TicketInvalid(TicketError):
    """Not made here, made for another purpose, or changed."""


class TicketExpired(TicketError):
    """Made here, but too long ago."""
