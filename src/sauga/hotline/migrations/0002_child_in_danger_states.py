"""“Is a child in danger now?” keeps yes, no and not stated apart. What was stored as false may have been either: it becomes not stated."""

from django.db import migrations, models

TO_CODES = """
ALTER TABLE hotline_report ALTER COLUMN child_in_danger TYPE varchar(12)
    USING CASE WHEN child_in_danger THEN 'YES' ELSE 'NOT_STATED' END
"""
TO_BOOLEAN = "ALTER TABLE hotline_report ALTER COLUMN child_in_danger TYPE boolean USING child_in_danger = 'YES'"


class Migration(migrations.Migration):

    dependencies = [
        ('hotline', '0001_squashed_0006_promises_of_members'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TO_CODES, TO_BOOLEAN)],
            state_operations=[
                migrations.AlterField(
                    model_name='report', name='child_in_danger', field=models.CharField(default='NOT_STATED', max_length=12)
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(
                condition=models.Q(('child_in_danger__in', ['YES', 'NO', 'NOT_STATED'])), name='report_child_in_danger'
            ),
        ),
    ]
