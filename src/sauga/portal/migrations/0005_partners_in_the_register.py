"""Partners move into the register of organisations: each name is one organisation there (an organisation that the
register has under that name already is taken for the same), each row a role with its dates as they were written."""

from datetime import UTC, datetime
from typing import Any

from django.db import migrations

from sauga.kernel.clock import Overlap, Span
from sauga.kernel.ids import new_reference
from sauga.kernel.organisations.normalised_names import folded, order_key
from sauga.kernel.organisations.spans import range_of

ALWAYS = range_of(Span().possible)


def move(apps: Any, _editor: Any) -> None:
    """One organisation for each name, one role for each row; rows that contradict each other stay as withdrawn."""
    partner = apps.get_model("portal", "Partner")
    apps.get_model("portal", "LinkPlace").objects.filter(kind="partner").delete()  # gathered anew every night
    role = apps.get_model("organisations", "OrganisationRole")
    found: dict[str, Any] = {}
    for row in partner.objects.order_by("valid_from", "pk"):
        one = found.get(row.name_lt) or _organisation(apps, row)
        found[row.name_lt] = one
        if row.website and not one.website:
            one.website = row.website
            one.save(update_fields=["website"])
        span = Span(row.valid_from, row.valid_to)
        held = role.objects.filter(organisation=one, role=row.role.upper(), withdrawn_at=None)
        clashes = any(Span(other.since, other.until).overlap(span) is Overlap.CERTAIN for other in held)
        role.objects.create(
            organisation=one,
            role=row.role.upper(),
            since=span.since,
            until=span.until,
            during=range_of(span.possible),
            certain=range_of(span.certain),
            is_confirmed=row.confirmed,
            source=row.source,
            withdrawn_at=datetime.now(UTC) if clashes else None,
        )


def _organisation(apps: Any, row: Any) -> Any:
    """The register's row of that name, or a new one."""
    organisation, name = (apps.get_model("organisations", one) for one in ("Organisation", "OrganisationName"))
    wanted = folded(row.name_lt, "")
    for known in name.objects.filter(folded__startswith=wanted).select_related("organisation"):
        if folded(known.name, "") == wanted:
            return known.organisation
    began = Span(row.valid_from).possible[0]
    at = datetime(began.year, began.month, began.day, tzinfo=UTC) if began else datetime.now(UTC)
    made = organisation.objects.create(
        code=new_reference(), valid_from=at, changed_at=at, order_key=order_key(row.name_lt), website=row.website
    )
    words = set()
    for language, said, short in (("lt", row.name_lt, row.short), ("en", row.name_en, "")):
        if said:
            read = folded(said, short)
            words.update(read.split())
            name.objects.create(
                organisation=made, language=language, name=said, short=short, during=ALWAYS, folded=read
            )
    word = apps.get_model("organisations", "NameWord")
    word.objects.bulk_create([word(word=one) for one in sorted(words)], ignore_conflicts=True)
    return made


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0004_advice_sources_and_starter_texts"),
        ("organisations", "0004_names_by_partial_dates"),
    ]

    operations = [migrations.RunPython(move, migrations.RunPython.noop, elidable=True)]
