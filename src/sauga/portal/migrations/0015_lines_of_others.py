"""Help entries say when they answer, for whom, in which languages, and where that is published. What was
shipped before and nobody has changed gets the same words as in a new installation.
"""

from typing import Any

from django.db import migrations, models

ALWAYS = "I–VII 0:00–24:00"
OLD_YOUTH_LINE = "8 800 28888"
"""The prefix 8 ended on 1 March 2025."""


def complete(apps: Any, schema_editor: Any) -> None:
    HelpEntry = apps.get_model("portal", "HelpEntry")
    HelpEntry.objects.filter(code__in=("emergency", "police"), phone="112", hours_lt="visą parą").update(
        open_times=ALWAYS, hours_lt="", hours_en=""
    )
    HelpEntry.objects.filter(code="child_helpline").update(serves="children")
    HelpEntry.objects.filter(code="youth_helpline", phone=OLD_YOUTH_LINE, confirmed=False).update(
        phone="0 800 28888",
        open_times=ALWAYS,
        serves="young",
        for_whom_lt="jaunimui nuo 16 metų",
        for_whom_en="young people from 16",
        confirmed=True,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0014_indexes_of_codes_and_days'),
    ]

    operations = [
        migrations.AddField(
            model_name='helpentry',
            name='checked_on',
            field=models.DateField(blank=True, null=True, verbose_name='checked on'),
        ),
        migrations.AddField(
            model_name='helpentry',
            name='for_whom_en',
            field=models.CharField(blank=True, max_length=120, verbose_name='for whom, in English'),
        ),
        migrations.AddField(
            model_name='helpentry',
            name='for_whom_lt',
            field=models.CharField(blank=True, max_length=120, verbose_name='for whom, in Lithuanian'),
        ),
        migrations.AddField(
            model_name='helpentry',
            name='languages',
            field=models.CharField(default='lt', help_text='Codes, as lt, en, ru.', max_length=40, verbose_name='languages spoken'),
        ),
        migrations.AddField(
            model_name='helpentry',
            name='open_times',
            field=models.CharField(blank=True, help_text='For a line that can be called, as I–V 9:00–13:00, 17:00–21:00; VI 10:00–14:00. Day and night is I–VII 0:00–24:00. Pages then name it while it is open, and take its hours from here.', max_length=160, verbose_name='when it answers'),
        ),
        migrations.AddField(
            model_name='helpentry',
            name='serves',
            field=models.CharField(choices=[('children', 'children and teenagers'), ('young', 'young people'), ('adults', 'adults'), ('everybody', 'everybody')], db_default='everybody', default='everybody', max_length=12, verbose_name='for whom'),
        ),
        migrations.AddField(
            model_name='helpentry',
            name='source',
            field=models.URLField(blank=True, verbose_name='where number and hours are published'),
        ),
        migrations.AlterField(
            model_name='helpentry',
            name='code',
            field=models.CharField(choices=[('child_helpline', 'Child helpline'), ('youth_helpline', 'Youth helpline'), ('illegal_content_hotline', 'Illegal content hotline'), ('emergency', 'Emergency'), ('police', 'Police'), ('child_rights', 'Child rights protection'), ('cyber_incident', 'Cyber incidents'), ('data_protection', 'Data protection'), ('consumer_rights', 'Consumer rights'), ('parents_helpline', "Parents' line"), ('own_picture', "Removal of one's own picture"), ('adult_helpline', 'Emotional support for adults'), ('adult_helpline_russian', 'Emotional support in Russian'), ('missing_children', 'Missing children')], max_length=32, verbose_name='who helps'),
        ),
        migrations.RunPython(complete, migrations.RunPython.noop, elidable=True),
    ]
