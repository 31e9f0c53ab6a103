"""Kinds of organisation, operators of services, and proposed roles.

An installation that is at work already keeps working: each service gets as its operator the organisation where most people hold roles of
that service today, and each organisation the kinds that fit. `sauga organisation list` shows what was found; correct it there.
"""

from collections import Counter
from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

KIND_OF_SERVICE = {"hotline": "HOTLINE", "helpline": "HELPLINE", "repository": "AWARENESS", "portal": "AWARENESS"}
SHARED_ROLES = ("ADMINISTRATOR", "AUDITOR", "COORDINATOR", "DATA_PROTECTION_OFFICER", "LEGAL_OFFICER")
PARTNERS_ROLES = ("PARTNER_EDITOR",)


def find_operators(apps: Any, _schema_editor: Any) -> None:
    """Read from today's memberships who runs what."""
    membership, grant = apps.get_model("identity", "Membership"), apps.get_model("identity", "Grant")
    operator, organisation = apps.get_model("identity", "ServiceOperator"), apps.get_model("identity", "Organisation")
    services_of_role: dict[int, set[str]] = {}
    apart = (*SHARED_ROLES, *PARTNERS_ROLES)
    for role, permission in grant.objects.filter(allowed=True).exclude(role__code__in=apart).values_list("role_id", "permission"):
        services_of_role.setdefault(role, set()).add(permission.partition(".")[0])
    held: dict[str, Counter[int]] = {}
    for place, role in membership.objects.filter(valid_to=None).order_by("pk").values_list("organisation_id", "role_id"):
        for service in services_of_role.get(role, set()) & KIND_OF_SERVICE.keys():
            held.setdefault(service, Counter())[place] += 1
    for one in organisation.objects.order_by("pk"):
        operated = {service for service, places in held.items() if places.most_common(1)[0][0] == one.pk}
        operator.objects.bulk_create([operator(service=name, organisation=one, valid_from=one.valid_from) for name in sorted(operated)])
        one.kinds = _kinds(operated, set(membership.objects.filter(organisation=one).values_list("role__code", flat=True)))
        one.save(update_fields=["kinds"])


def _kinds(operated: set[str], roles: set[str]) -> list[str]:
    kinds = {KIND_OF_SERVICE[service] for service in operated}
    if roles & {"COORDINATOR", "AUDITOR"} and not kinds:
        kinds.add("COORDINATOR")
    if "PARTNER_EDITOR" in roles or not kinds:
        kinds.add("PARTNER")
    return sorted(kinds)


class Migration(migrations.Migration):
    dependencies = [("identity", "0002_groups_of_the_editors_tool")]

    operations = [
        migrations.CreateModel(
            name="OrganisationKind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True)),
                ("labels", models.JSONField(default=dict)),
            ],
        ),
        migrations.AddField(
            model_name="invitation",
            name="confirmed_by",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="organisation",
            name="kinds",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), blank=True, default=list, size=None
            ),
        ),
        migrations.CreateModel(
            name="KindRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("allowed", models.BooleanField(default=True)),
                ("role", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="kinds", to="identity.role")),
                ("kind", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="roles", to="identity.organisationkind")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("kind", "role"), name="kind_role_once")]},
        ),
        migrations.CreateModel(
            name="KindZone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("zone", models.CharField(max_length=20)),
                ("allowed", models.BooleanField(default=True)),
                ("kind", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="zones", to="identity.organisationkind")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("kind", "zone"), name="kind_zone_once")]},
        ),
        migrations.CreateModel(
            name="ServiceOperator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("service", models.CharField(max_length=40)),
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="operated", to="identity.organisation"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                        name="operator_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)), fields=("service",), name="operator_one_at_a_time"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="RoleProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(max_length=40, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("OPEN", "waits for a second person"),
                            ("CONFIRMED", "confirmed"),
                            ("REFUSED", "refused"),
                            ("WITHDRAWN", "withdrawn"),
                            ("EXPIRED", "expired"),
                        ],
                        default="OPEN",
                        max_length=12,
                    ),
                ),
                (
                    "zones",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("language", models.CharField(default="lt", max_length=5)),
                ("proposed_by", models.CharField(max_length=40)),
                ("proposed_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("decided_by", models.CharField(blank=True, max_length=40)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "organisation",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="identity.organisation"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="identity.person",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.membership"
                    ),
                ),
                ("role", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="identity.role")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "CONFIRMED"), _negated=True),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="proposal_two_people",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="RoleProposalStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("track", models.CharField(max_length=24)),
                ("before", models.CharField(max_length=32)),
                ("after", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=40)),
                ("why", models.CharField(blank=True, max_length=64)),
                (
                    "subject",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="identity.roleproposal"),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.RunPython(find_operators, migrations.RunPython.noop, elidable=True),
    ]
