"""A partner is an organisation of the register: those that had none yet get one, with the name, kind and place that
were kept here; the others keep what the register says."""

from typing import Any

from django.db import migrations

from sauga.kernel.clock import Span
from sauga.kernel.ids import new_reference
from sauga.kernel.organisations.normalised_names import folded, order_key
from sauga.kernel.organisations.spans import range_of

KINDS = {"school": "SCHOOL", "library": "LIBRARY", "company": "COMPANY", "centre": "CENTRE_ABROAD"}
ALWAYS = range_of(Span().possible)


def register(apps: Any, _editor: Any) -> None:
    """Every partner has its row in the register, and no name that was written here is lost."""
    partner = apps.get_model("repository", "Partner")
    organisation = apps.get_model("organisations", "Organisation")
    for row in partner.objects.select_related("registered_as").order_by("pk"):
        place = row.registered_as
        if place is None:
            place = organisation.objects.create(
                code=new_reference(), valid_from=row.joined_at, changed_at=row.joined_at, order_key=order_key(row.name)
            )
            row.registered_as = place
            row.save(update_fields=["registered_as"])
        if not place.kinds:
            place.kinds = [KINDS.get(row.kind, "PARTNER")]
        if row.country != "LT" and not place.municipality:
            place.country = row.country
        if place.country == "LT":
            place.municipality = place.municipality or row.municipality
        place.save(update_fields=["kinds", "country", "municipality"])
        _name(apps, place, row)


def _name(apps: Any, place: Any, row: Any) -> None:
    name, word = (apps.get_model("organisations", one) for one in ("OrganisationName", "NameWord"))
    read = folded(row.name, "")
    if any(folded(one.name, "") == read for one in name.objects.filter(organisation=place)):
        return
    name.objects.create(organisation=place, language="lt", name=row.name, during=ALWAYS, folded=read)
    word.objects.bulk_create([word(word=one) for one in sorted(set(read.split()))], ignore_conflicts=True)


def back(apps: Any, _editor: Any) -> None:
    """The columns get what the register says."""
    partner, name = apps.get_model("repository", "Partner"), apps.get_model("organisations", "OrganisationName")
    for row in partner.objects.select_related("registered_as"):
        held = name.objects.filter(organisation=row.registered_as).order_by("-language", "pk").first()
        row.name = held.name if held else row.registered_as.code
        row.save(update_fields=["name"])


class Migration(migrations.Migration):
    dependencies = [
        ("repository", "0003_files_in_kernel_media"),
        ("organisations", "0004_names_by_partial_dates"),
    ]

    operations = [
        migrations.RenameField("partner", "house", "registered_as"),
        migrations.RunPython(register, back, elidable=True),
    ]
