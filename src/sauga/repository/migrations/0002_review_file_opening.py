"""Which files a reviewer has opened."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("repository", "0001_squashed_0050_resource_changed"),
    ]

    operations = [
        migrations.CreateModel(
            name="FileOpening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "rendition",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="openings", to="repository.rendition"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("rendition", "person"), name="file_opening_once")],
            },
        ),
    ]
