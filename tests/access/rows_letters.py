"""Letters: the public pages, the adults' pages, and the desk."""

from access.matrix import PUBLIC, SIGN_IN, row
from factories.letters import written
from factories.people import line_keys

ANSWERING = {"COUNSELLOR": 200, "SHIFT_LEAD": 200}


def objects() -> dict[str, str]:
    """A letter that has just come."""
    line_keys()
    return {"<letter>": written()[0].ref}


row("helpline-letter", anonymous=PUBLIC, others=200)
row(
    "helpline-letter-read", anonymous=302, others=302
)  # without a pass back to the page that asks for the words
row("helpline-adult", anonymous=PUBLIC, others=200)
row("helpline-adult-letter", anonymous=PUBLIC, others=200)
row("helpline-letters", anonymous=SIGN_IN, others=404, **ANSWERING, LETTER_REVIEWER=200)
row("helpline-letter-next", method="POST", anonymous=SIGN_IN, others=404, COUNSELLOR=302, SHIFT_LEAD=302)
row(
    "helpline-letter-desk", args=("<letter>",), anonymous=SIGN_IN, others=404, **ANSWERING
)  # nothing to review yet
for act in ("screen", "claim", "give-back", "take-back", "aside"):
    row(
        f"helpline-letter-{act}",
        args=("<letter>",),
        method="POST",
        anonymous=SIGN_IN,
        others=404,
        COUNSELLOR=302,
        SHIFT_LEAD=302,
    )
row(
    "helpline-letter-draft",
    args=("<letter>",),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    COUNSELLOR=422,
    SHIFT_LEAD=422,
)
for act in ("approve", "return"):
    row(
        f"helpline-letter-{act}",
        args=("<letter>",),
        method="POST",
        anonymous=SIGN_IN,
        others=404,
        SHIFT_LEAD=302,
    )
