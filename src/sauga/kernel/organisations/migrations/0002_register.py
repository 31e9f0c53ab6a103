"""The register: codes of other registers, names with partial dates, roles over time, mailboxes, successions, marks
of sameness; and PostgreSQL's own extensions for overlapping ranges and for mistyped words (both are trusted)."""

from typing import Any

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations, models

KEY = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
CASCADE, PROTECT = django.db.models.deletion.CASCADE, django.db.models.deletion.PROTECT
SCHEMES = [("LEGAL_ENTITY", "Legal entity code"), ("SCHOOL", "School code"), ("ABROAD", "Code in a register abroad")]
ROLES = [
    ("COORDINATOR", "Coordinator"),
    ("AWARENESS_CENTRE", "Awareness centre"),
    ("TRAINING_CENTRE", "Training centre"),
    ("HELPLINE", "Helpline"),
    ("HOTLINE", "Hotline"),
    ("PARTNER", "Partner"),
    ("ADVISORY_BOARD", "Advisory board member"),
    ("ASSOCIATED", "Associated partner"),
    ("SUPPORTER", "Supporter"),
]
PURPOSES = [
    ("GENERAL", "General"),
    ("COOPERATION", "Cooperation"),
    ("PRESS", "Press"),
    ("TECHNICAL", "Technical questions"),
    ("CHILD_SAFETY", "Child safety"),
    ("DATA_PROTECTION", "Data protection"),
]


def of(related_name: str, on_delete: Any = CASCADE) -> Any:
    return models.ForeignKey(on_delete=on_delete, related_name=related_name, to="organisations.organisation")


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.AddField("organisationkind", "is_privileged", models.BooleanField(default=False)),
        migrations.AddField("organisation", "country", models.CharField(default="LT", max_length=2)),
        migrations.AddField("organisation", "municipality", models.CharField(blank=True, max_length=8)),
        migrations.AddField("organisation", "website", models.URLField(blank=True)),
        migrations.AddField("organisation", "changed_at", models.DateTimeField(null=True)),
        migrations.AddField("organisation", "order_key", models.CharField(blank=True, max_length=400)),
        migrations.AddField("organisationname", "short", models.CharField(blank=True, max_length=60)),
        migrations.AddField("organisationname", "since", models.CharField(blank=True, max_length=10)),
        migrations.AddField("organisationname", "until", models.CharField(blank=True, max_length=10)),
        migrations.AddField("organisationname", "during", django.contrib.postgres.fields.ranges.DateRangeField(null=True)),
        migrations.AddField("organisationname", "folded", models.CharField(default="", max_length=300), preserve_default=False),
        migrations.AlterField("organisationname", "valid_from", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="NameWord",
            fields=[KEY, ("word", models.CharField(max_length=80, unique=True))],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word"], name="organisation_word_like", opclasses=["gin_trgm_ops"]
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Identifier",
            fields=[
                KEY,
                ("scheme", models.CharField(choices=SCHEMES, max_length=16)),
                ("value", models.CharField(max_length=40)),
                ("source", models.CharField(blank=True, max_length=300)),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                ("organisation", of("identifiers")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("scheme", "value"), name="identifier_once"),
                    models.UniqueConstraint(fields=("organisation", "scheme"), name="identifier_one_of_a_scheme"),
                ],
                "indexes": [models.Index(fields=["value"], name="identifier_start", opclasses=["varchar_pattern_ops"])],
            },
        ),
        migrations.CreateModel(
            name="OrganisationRole",
            fields=[
                KEY,
                ("role", models.CharField(choices=ROLES, max_length=24)),
                ("since", models.CharField(max_length=10)),
                ("until", models.CharField(blank=True, max_length=10)),
                ("during", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("certain", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("is_confirmed", models.BooleanField(default=False)),
                ("source", models.CharField(blank=True, max_length=300)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("organisation", of("roles", PROTECT)),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        expressions=[("organisation", "="), ("role", "="), ("certain", "&&")],
                        name="organisation_role_no_overlap",
                    )
                ],
                "indexes": [django.contrib.postgres.indexes.GistIndex(fields=["during"], name="organisation_role_during")],
            },
        ),
        migrations.CreateModel(
            name="ContactAddress",
            fields=[
                KEY,
                ("purpose", models.CharField(choices=PURPOSES, max_length=16)),
                ("email", models.EmailField(max_length=254)),
                ("organisation", of("contacts")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("organisation", "purpose"), name="contact_one_for_a_purpose")]
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                KEY,
                ("since", models.CharField(blank=True, max_length=10)),
                ("source", models.CharField(blank=True, max_length=300)),
                ("predecessor", of("successions", PROTECT)),
                ("successor", of("origins", PROTECT)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("predecessor", "successor"), name="succession_once"),
                    models.CheckConstraint(
                        condition=models.Q(("predecessor", models.F("successor")), _negated=True), name="succession_of_another"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="SameAs",
            fields=[
                KEY,
                ("marked_at", models.DateTimeField()),
                ("first", of("+")),
                ("second", of("+")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="same_as_once"),
                    models.CheckConstraint(condition=models.Q(("first__lt", models.F("second"))), name="same_as_in_order"),
                ]
            },
        ),
    ]
