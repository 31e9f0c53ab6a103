"""The centre's partners since 2005, from data: written into the register of organisations once."""

import csv
from datetime import datetime
from importlib.resources import files

from sauga.kernel import organisations
from sauga.kernel.identity import require
from sauga.kernel.organisations.actions.links import record_succession
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.organisations.queries.register import called
from sauga.kernel.organisations.queries.roles import any_role_is_known
from sauga.kernel.states import Actor
from sauga.portal.permissions import Permission

type Line = dict[str, str]


def plant_partners(*, by: Actor, at: datetime) -> int:
    """Write partners, their roles and who followed whom, unless the register knows of any role; afterwards
    staff maintain them. Returns how many roles were written.

    An organisation that the register has under the same name is taken for the same.
    """
    require(by, Permission.PLANT_SITE)
    if any_role_is_known():
        return 0
    rows = lines("partners.csv")
    found = {row["name_lt"]: _organisation(by, row, at) for row in rows}
    for row in rows:
        organisations.give_role(
            by=by,
            organisation=found[row["name_lt"]],
            role=row["role"].upper(),
            since=row["valid_from"],
            until=row["valid_to"],
            is_confirmed=row["status"] == "confirmed",
            source=row["source"],
            at=at,
        )
    for row in lines("successions.csv"):
        record_succession(
            by=by,
            predecessor=found[row["predecessor"]],
            successor=found[row["successor"]],
            since=row["since"],
            source=row["source"],
            at=at,
        )
    return len(rows)


def lines(name: str) -> list[Line]:
    """The rows of one of our data files."""
    text = files("sauga.portal").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _organisation(by: Actor, row: Line, at: datetime) -> Organisation:
    for known in called(row["name_lt"]):
        return known
    return organisations.create_organisation(
        by=by,
        names={"lt": row["name_lt"], "en": row["name_en"]},
        short=row["short"],
        website=row["website"],
        at=at,
    )
