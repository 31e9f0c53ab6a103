"""Logos of organisations over time: files in `media`, with the permission to show them."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.contrib.postgres.fields import RangeOperators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("media", "0001_initial"), ("organisations", "0004_names_by_partial_dates")]

    operations = [
        migrations.CreateModel(
            name="OrganisationLogo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("permission", models.CharField(max_length=300)),
                ("since", models.CharField(blank=True, max_length=10)),
                ("until", models.CharField(blank=True, max_length=10)),
                ("during", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("certain", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="media.mediafile"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="logos",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        expressions=[
                            ("organisation", RangeOperators.EQUAL),
                            ("certain", RangeOperators.OVERLAPS),
                        ],
                        name="organisation_logo_no_overlap",
                    )
                ],
            },
        ),
    ]
