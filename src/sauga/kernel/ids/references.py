"""References such as K7Q4-M2: random, never sequential, readable aloud."""

import secrets

# Crockford's base 32: no I, L, O, U, so that a reference read out over the phone is understood.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_reference(length: int = 8) -> str:
    """A fresh random reference, shown in groups of four: 8 characters are 40 bits.

    A clash is retried by the caller, never counted.
    """
    letters = "".join(
        ALPHABET[byte % len(ALPHABET)] for byte in secrets.token_bytes(length)
    )  # 32 letters: each as likely
    return "-".join(letters[i : i + 4] for i in range(0, length, 4))


def normalise_reference(typed: str) -> str:
    """What a person typed, brought to the stored form; letters outside the alphabet are dropped."""
    letters = "".join(c for c in typed.upper().translate(ALIKE) if c in ALPHABET)
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))
