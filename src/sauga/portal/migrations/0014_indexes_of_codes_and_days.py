"""Pages are found by topic, audience, level and place in menus, and the latest news read, without looking at every page."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0013_numbers_of_children")]
    operations = [
        migrations.AddIndex(
            "portalpage", django.contrib.postgres.indexes.GinIndex(fields=["topics"], name="portal_page_topics")
        ),
        migrations.AddIndex(
            "portalpage",
            django.contrib.postgres.indexes.GinIndex(fields=["audiences"], name="portal_page_audiences"),
        ),
        migrations.AddIndex(
            "portalpage",
            models.Index(fields=["page_ptr"], name="portal_page_easy", condition=models.Q(("level", "easy_2"))),
        ),
        migrations.RunSQL(  # the table is Wagtail's
            "CREATE INDEX portal_page_in_menus ON wagtailcore_page (path) WHERE show_in_menus",
            "DROP INDEX portal_page_in_menus",
        ),
        migrations.AddIndex(
            "newspage", models.Index(fields=["-day", "-portalpage_ptr"], name="portal_news_latest")
        ),
    ]
