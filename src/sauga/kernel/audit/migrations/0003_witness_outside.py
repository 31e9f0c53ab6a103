"""Where signed heads have been delivered, and heads of other installations remembered here; the latter are written once."""

from django.db import migrations, models

TABLE = "audit_witnessedhead"
REFUSE = f"""
CREATE TRIGGER audit_refuse_update BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_refuse_delete BEFORE DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_truncate();
"""
ALLOW = f"""
DROP TRIGGER audit_refuse_update ON {TABLE};
DROP TRIGGER audit_refuse_delete ON {TABLE};
DROP TRIGGER audit_refuse_truncate ON {TABLE};
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain")]

    operations = [
        migrations.CreateModel(
            name="HeadDelivery",
            fields=[
                ("destination", models.CharField(max_length=24, primary_key=True, serialize=False)),
                ("last_head", models.BigIntegerField(default=0)),
                ("delivered_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="WitnessedHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("installation", models.CharField(max_length=40)),
                ("zone", models.CharField(max_length=24)),
                ("sequence", models.BigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
                ("signed_at", models.DateTimeField()),
                ("public", models.BinaryField(max_length=32)),
                ("signature", models.BinaryField(max_length=64)),
                ("received_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("installation", "zone", "sequence", "hash"), name="audit_witnessed_once"),
                ],
            },
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
