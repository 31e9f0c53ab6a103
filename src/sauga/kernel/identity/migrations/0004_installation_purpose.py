"""What an installation is for, written once: the demo or production. An older database is marked by the next `sauga init`."""

from django.db import migrations, models

TABLE = "identity_installation"
REFUSE = f"""
CREATE FUNCTION identity_refuse_purpose() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what this installation is for is written once';
END $$;
CREATE TRIGGER identity_refuse_change BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION identity_refuse_purpose();
CREATE TRIGGER identity_refuse_truncate BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION identity_refuse_purpose();
"""
ALLOW = f"""
DROP TRIGGER identity_refuse_change ON {TABLE};
DROP TRIGGER identity_refuse_truncate ON {TABLE};
DROP FUNCTION identity_refuse_purpose();
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0003_access_operators_and_two_people")]

    operations = [
        migrations.CreateModel(
            name="Installation",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("purpose", models.CharField(choices=[("DEMO", "Demo"), ("PRODUCTION", "Production")], max_length=12)),
                ("marked_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="installation_one_row")],
            },
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
