"""Write `redaction.txt`: labelled sentences about invented people, from hand-written templates; marks stand
around what must be hidden.

    PYTHONPATH=src python tests/helpline/data/make_redaction.py

Every alternative of the longest bracket appears once. Personal codes are of people born in 2099; numbers,
hosts and accounts are nobody's.
"""

import re
from pathlib import Path

from sauga.kernel.i18n import check_digit_fits

HERE = Path(__file__).parent
CHOICE = re.compile(r"\{([^{}]*)\}")


def code(number: int) -> str:
    """A personal code of nobody: born 2099, with its right check digit."""
    start = f"{5 + number % 2}99{1 + number % 12:02}{1 + number:02}{number:03}"
    return next(start + digit for digit in "0123456789" if check_digit_fits(start + digit))


def sentences(template: str) -> list[str]:
    """The template with the n-th alternative of each bracket, for every n of the longest."""
    most = max((len(found.split("|")) for found in CHOICE.findall(template)), default=1)
    made = [
        CHOICE.sub(lambda m, n=n: m.group(1).split("|")[n % len(m.group(1).split("|"))], template)
        for n in range(most)
    ]
    return [re.sub(r"\bPC(\d+)\b", lambda m: code(int(m.group(1))), text) for text in made]


if __name__ == "__main__":
    lines = [
        text
        for line in (HERE / "redaction_templates.txt").read_text().splitlines()
        for text in sentences(line)
    ]
    (HERE / "redaction.txt").write_text("\n".join(dict.fromkeys(lines)) + "\n")
