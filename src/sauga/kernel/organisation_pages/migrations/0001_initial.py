"""Imports of organisations."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sauga.kernel.ids.references
from sauga.kernel.migration_operations import CreateTables

KEY = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0004_names_by_partial_dates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="ImportRun",
                    fields=[
                        KEY,
                        (
                            "ref",
                            models.CharField(default=sauga.kernel.ids.references.new_reference, max_length=12, unique=True),
                        ),
                        ("name", models.CharField(max_length=160)),
                        ("format", models.CharField(max_length=16)),
                        ("state", models.CharField(default="reading", max_length=16)),
                        ("with_changed", models.BooleanField(default=False)),
                        ("total", models.PositiveIntegerField(default=0)),
                        ("done", models.PositiveIntegerField(default=0)),
                        ("fresh", models.PositiveIntegerField(default=0)),
                        ("changed", models.PositiveIntegerField(default=0)),
                        ("unchanged", models.PositiveIntegerField(default=0)),
                        ("refused", models.PositiveIntegerField(default=0)),
                        ("notes", models.JSONField(blank=True, default=dict)),
                        ("file", models.FileField(blank=True, max_length=200, upload_to="")),
                        ("sha256", models.CharField(max_length=64)),
                        ("size", models.PositiveBigIntegerField(default=0)),
                        ("started_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [models.Index(fields=["sha256"], name="organisatio_sha256_1c5c7a_idx")],
                    },
                ),
                migrations.CreateModel(
                    name="ImportStep",
                    fields=[
                        KEY,
                        ("track", models.CharField(max_length=24)),
                        ("before", models.CharField(max_length=32)),
                        ("after", models.CharField(max_length=32)),
                        ("at", models.DateTimeField()),
                        ("by", models.CharField(max_length=40)),
                        ("why", models.CharField(blank=True, max_length=64)),
                        (
                            "subject",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="organisation_pages.importrun",
                            ),
                        ),
                    ],
                    options={"abstract": False},
                ),
                migrations.CreateModel(
                    name="ImportRow",
                    fields=[
                        KEY,
                        ("number", models.PositiveIntegerField()),
                        ("outcome", models.CharField(max_length=12)),
                        ("title", models.CharField(blank=True, max_length=200)),
                        ("content", models.JSONField(blank=True, default=dict)),
                        ("problems", models.JSONField(blank=True, default=list)),
                        ("before", models.JSONField(blank=True, default=dict)),
                        ("known_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="organisation_pages.importrun",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["run", "outcome", "number"], name="organisation_row_outcome")],
                        "constraints": [models.UniqueConstraint(fields=("run", "number"), name="organisation_row_once")],
                    },
                ),
            ],
        ),
    ]
