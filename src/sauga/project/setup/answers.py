"""What `sauga setup` must know: organisations, the services they operate, their first administrators. Asked
for, or read from a TOML file.

Passwords are never among the answers: they are typed, or handed over on standard input, and no file keeps
them.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any

from sauga.kernel.services import usual_operators
from sauga.project.cli import CannotRun

EVERY = "all"
COORDINATOR = "COORDINATOR"


@dataclass(frozen=True)
class NewOrganisation:
    """A partner, what it is, and the services that it operates.

    `operates` may be “all”; kinds that the services need are added.
    """

    code: str
    name_lt: str = ""
    name_en: str = ""
    kinds: tuple[str, ...] = ()
    operates: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewAdministrator:
    """The account of an administrator. The first of an organisation founds the vaults of its services."""

    email: str
    name: str
    organisation: str
    language: str = "lt"


@dataclass(frozen=True)
class Answers:
    """Everything but the passwords."""

    organisations: tuple[NewOrganisation, ...] = field(default=())
    administrators: tuple[NewAdministrator, ...] = field(default=())


def read(file: Path) -> Answers:
    """The answers in a file. Raises CannotRun, naming what is wrong with it."""
    try:
        held = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise CannotRun(f"{file} cannot be read ({error.strerror}).") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CannotRun(f"{file} is not TOML: {error}.") from error
    if unknown := sorted(held.keys() - {"organisation", "administrator"}):
        raise CannotRun(f"{file} has a part “{unknown[0]}”; there is [[organisation]] and [[administrator]].")
    answers = Answers(
        tuple(_row(NewOrganisation, row, file) for row in _rows(held, "organisation", file)),
        tuple(_row(NewAdministrator, row, file) for row in _rows(held, "administrator", file)),
    )
    for one in answers.administrators:
        if "@" not in one.email or not one.name.strip():
            raise CannotRun(f"{file}: an administrator needs an e-mail address and a name.")
        if one.language not in {"lt", "en"}:
            raise CannotRun(f"{file}: the language of {one.email} is “{one.language}”; write lt or en.")
    return answers


def kinds_for(named: tuple[str, ...], services: list[str]) -> list[str]:
    """The kinds that were named, and those without which the organisation could not grant the roles of its
    services."""
    kinds = usual_operators()
    return sorted({*named, *(kinds[name] for name in services if name in kinds)})


def _rows(held: Mapping[str, Any], part: str, file: Path) -> list[Mapping[str, Any]]:
    rows = held.get(part, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise CannotRun(f"{file}: write [[{part}]] with two brackets; there may be several.")
    return rows


def _row[Row: (NewOrganisation, NewAdministrator)](
    kind: type[Row], row: Mapping[str, Any], file: Path
) -> Row:
    known = {one.name: one for one in fields(kind)}
    for name, value in row.items():
        if name == "password":
            raise CannotRun(
                f"{file} holds a password; remove it and change it if others could read it. It is "
                f"typed, or read from standard input."
            )
        if name not in known:
            raise CannotRun(f"{file}: “{name}” is not known; there is: {', '.join(known)}.")
        is_list = known[name].type == tuple[str, ...]
        if not (
            isinstance(value, list) and all(isinstance(one, str) for one in value)
            if is_list
            else isinstance(value, str)
        ):
            raise CannotRun(
                f"{file}: “{name}” is {'a list of words' if is_list else 'one word or text'} in "
                f"quotation marks."
            )
    if missing := [name for name, one in known.items() if one.default is MISSING and not row.get(name)]:
        raise CannotRun(f"{file}: “{missing[0]}” is missing.")
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in row.items()
    }
    return kind(**values)
