"""Organisations, their names and kinds, and who operates which service, until now tables of `identity`: moved
with their rows, and the references of every app follow."""

from django.db import migrations

from sauga.kernel.migration_operations import MoveModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [("identity", "0004_installation_purpose")]

    operations = [
        MoveModels(
            from_app="identity",
            models=["OrganisationKind", "Organisation", "OrganisationName", "ServiceOperator"],
        ),
    ]
