"""Encrypts and decrypts what learners and tutors write; nothing else of this package touches a key.

Each enrolment has a data key, sealed to the machine of the zone MEMBERS; a cohort has one for the texts of
its tutors. Destroying a key destroys the texts, in old backups too.
"""

from collections.abc import Collection, Iterable
from typing import Any

from sauga.kernel import sealed
from sauga.kernel.sealed import DataKey, PreparedKey, Recipient, ServiceOpener, Zone
from sauga.training.learning.models import Cohort, Enrolment, Post

ZONE = Zone.MEMBERS
OPENER = ServiceOpener(ZONE)
GONE = ""


def cohort_holder(cohort: Cohort) -> str:
    """Whose data key opens a tutor's texts."""
    return f"training-cohort:{cohort.ref}"


def prepared_key(holder: str) -> PreparedKey:
    """A fresh key for a holder, which the caller stores with the row; a missing zone is made."""
    try:
        return sealed.prepare_data_key(zone=ZONE, holder=holder, recipients=[Recipient.SERVICE])
    except sealed.ZoneMissing:
        sealed.create_machine_zone(ZONE)
        return sealed.prepare_data_key(zone=ZONE, holder=holder, recipients=[Recipient.SERVICE])


def key_of(holder: str) -> DataKey:
    """The key of an enrolment or a cohort. Raises KeyNotAvailable once it is destroyed."""
    return sealed.open_data_key(zone=ZONE, holder=holder, opener=OPENER)


def keys_of(holders: Iterable[str]) -> dict[str, DataKey]:
    """Several keys with one query; those that are gone are left out."""
    wanted = set(holders)
    return dict(sealed.open_data_keys(ZONE, wanted, OPENER)) if wanted else {}


def seal(key: DataKey, row: Any, field: str, text: str) -> bytes:
    """A text, encrypted for its place."""
    return sealed.seal(key, table=row._meta.db_table, row=_name(row), field=field, text=text) if text else b""


def unseal(key: DataKey | None, row: Any, field: str) -> str:
    """A text; nothing once its key is gone."""
    envelope = bytes(getattr(row, field))
    if key is None or not envelope:
        return GONE
    return sealed.unseal(key, table=row._meta.db_table, row=_name(row), field=field, envelope=envelope)


def _name(row: Any) -> str:
    return str(getattr(row, "ref", "") or f"{row.enrolment.ref}-{row.activity}-{row.given_at:%Y%m%d%H%M%S%f}")


def posts_with_text(rows: Collection[Post]) -> list[tuple[Post, str]]:
    """Contributions with their texts, one query for all keys."""
    keys = keys_of(row.holder for row in rows)
    return [(row, unseal(keys.get(row.holder), row, "text")) for row in rows]


def text_of(row: Any, field: str, enrolment: Enrolment) -> str:
    """One text under the key of an enrolment; nothing once it is gone."""
    return unseal(keys_of([enrolment.holder]).get(enrolment.holder), row, field)
