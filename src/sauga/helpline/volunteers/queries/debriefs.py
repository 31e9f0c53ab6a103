"""Debriefs: who is owed one, and since when."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from sauga.helpline.volunteers.models import Debrief
from sauga.helpline.volunteers.queries.volunteers import aliases
from sauga.kernel import sealed, vocab

TABLE = "helpline.debrief"
HEAVY, CHECK_OUT = "HEAVY", "CHECK_OUT"
ASKS = frozenset({"FE_HEAVY", "FE_TALK"})


@dataclass(frozen=True)
class DebriefLine:
    """One debrief that is owed or was held."""

    debrief: Debrief
    alias: str
    held_with: str = ""
    words: str | None = None


def owed_by(person_id: int) -> list[Debrief]:
    """Debriefs that must be held before this person's next shift."""
    return list(
        Debrief.objects.filter(person=person_id, why=HEAVY, done_at__isnull=True).order_by("owed_since")
    )


def held_since(person_id: int, since: datetime) -> bool:
    """Whether a debrief after a heavy contact was held with this person since then."""
    return Debrief.objects.filter(person=person_id, why=HEAVY, done_at__gte=since).exists()


def heavy_bands(at: datetime) -> list[str]:
    """Bands of risk after which a debrief is owed (policy.rota)."""
    return list(vocab.policy("policy.rota", at=at)["heavy_bands"])


def open_debriefs(vault: sealed.Vault | None = None) -> list[DebriefLine]:
    """All that are owed, the oldest first; their words for those who have the team's key."""
    return _lines(list(Debrief.objects.filter(done_at__isnull=True).order_by("owed_since")), vault)


def held_debriefs(limit: int = 20) -> list[DebriefLine]:
    """The last ones held with the person."""
    return _lines(list(Debrief.objects.filter(held_with__isnull=False).order_by("-done_at")[:limit]), None)


def debrief_for(ref: str) -> Debrief:
    """One debrief. Raises Http404."""
    found = Debrief.objects.filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def _lines(rows: list[Debrief], vault: sealed.Vault | None) -> list[DebriefLine]:
    names = aliases(pk for row in rows for pk in (row.person_id, row.held_with_id) if pk)
    return [
        DebriefLine(
            row, names.get(row.person_id, ""), names.get(row.held_with_id or 0, ""), _words(row, vault)
        )
        for row in rows
    ]


def _words(row: Debrief, vault: sealed.Vault | None) -> str | None:
    """The words, "" where there are none, None where they cannot be opened now."""
    if not row.words:
        return ""
    if vault is None:
        return None
    try:
        key = sealed.open_data_key(zone=sealed.Zone.HELPLINE, holder=row.holder, opener=vault)
        return sealed.unseal(key, table=TABLE, row=row.ref, field="words", envelope=bytes(row.words))
    except sealed.KeyNotAvailable:
        return None
