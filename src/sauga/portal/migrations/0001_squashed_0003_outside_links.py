import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import modelsearch.index
import taggit.managers
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models

import sauga.kernel.ids.references
import sauga.portal.blocks.body
import sauga.portal.states
from sauga.kernel.migration_operations import CreateTables


class Migration(migrations.Migration):

    replaces = [('portal', '0001_initial'), ('portal', '0002_gate'), ('portal', '0003_outside_links')]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name='PortalPage',
                    fields=[
                        ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                        ('summary', models.TextField(help_text='One or two sentences. They stand under the title and in lists.', max_length=300, verbose_name='summary')),
                        ('level', models.CharField(choices=[('adult', 'Adults'), ('teen_12', 'From 12 years'), ('child_8', 'From 8 years'), ('easy_2', 'Easy to read')], default='adult', max_length=12, verbose_name='reading level')),
                        ('audiences', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, help_text="A page below an audience's door takes it from there.", verbose_name='for whom')),
                        ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, help_text='Some topics need the block “Where to find help”.', verbose_name='topics')),
                        ('review_by', models.DateField(verbose_name='look at it again by')),
                        ('body', sauga.portal.blocks.body.Body(blank=True)),
                        ('main', models.ForeignKey(blank=True, help_text='Only for a text that says the same for another reading level.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='variants', to='portal.portalpage', verbose_name='retells the page')),
                        ('translated_from', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('main__isnull', False)), fields=('main', 'level'), name='portal_variant_level_once')],
                    },
                    bases=('wagtailcore.page',),
                ),
                migrations.CreateModel(
                    name='TrailedModelEntry',
                    fields=[
                    ],
                    options={
                        'proxy': True,
                        'indexes': [],
                        'constraints': [],
                    },
                    bases=('wagtailcore.modellogentry',),
                ),
                migrations.CreateModel(
                    name='TrailedPageEntry',
                    fields=[
                    ],
                    options={
                        'proxy': True,
                        'indexes': [],
                        'constraints': [],
                    },
                    bases=('wagtailcore.pagelogentry',),
                ),
                migrations.CreateModel(
                    name='AppGuidePage',
                    fields=[
                        ('portalpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='portal.portalpage')),
                        ('app', models.CharField(max_length=60, verbose_name='name of the app')),
                        ('maker', models.CharField(max_length=80, verbose_name='who makes it')),
                        ('age_min', models.PositiveSmallIntegerField(verbose_name='age by its own terms')),
                        ('age_advised', models.PositiveSmallIntegerField(verbose_name='age that we advise')),
                        ('talks_with_strangers', models.BooleanField(verbose_name='strangers can write')),
                        ('shows_place', models.BooleanField(verbose_name='can show where somebody is')),
                        ('costs_money', models.BooleanField(verbose_name='money can be spent inside')),
                        ('checked_on', models.DateField(verbose_name='checked on')),
                    ],
                    options={
                        'verbose_name': 'guide to an app',
                    },
                    bases=('portal.portalpage',),
                ),
                migrations.CreateModel(
                    name='AudiencePage',
                    fields=[
                        ('portalpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='portal.portalpage')),
                        ('audience', models.CharField(choices=[('children', 'Children'), ('teenagers', 'Teenagers'), ('parents_carers', 'Parents'), ('teachers', 'Teachers'), ('public_librarians', 'Librarians'), ('seniors', 'Seniors')], max_length=24, verbose_name='audience')),
                    ],
                    options={
                        'verbose_name': "audience's door",
                    },
                    bases=('portal.portalpage',),
                ),
                migrations.CreateModel(
                    name='CampaignPage',
                    fields=[
                        ('portalpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='portal.portalpage')),
                        ('day', models.DateField(verbose_name='day of the campaign')),
                        ('look', models.CharField(choices=[('amber', 'Amber'), ('pine', 'Pine'), ('fjord', 'Fjord')], default='amber', max_length=8, verbose_name='look')),
                        ('motto', models.CharField(blank=True, max_length=120, verbose_name='motto')),
                    ],
                    options={
                        'verbose_name': 'campaign',
                    },
                    bases=('portal.portalpage',),
                ),
                migrations.CreateModel(
                    name='ExplainerPage',
                    fields=[
                        ('portalpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='portal.portalpage')),
                        ('answer', models.TextField(help_text='The answer in one sentence that a child understands.', max_length=240, verbose_name='in short')),
                    ],
                    options={
                        'verbose_name': '“what is…” page',
                    },
                    bases=('portal.portalpage',),
                ),
                migrations.CreateModel(
                    name='HomePage',
                    fields=[
                        ('portalpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='portal.portalpage')),
                        ('picks', sauga.portal.blocks.body.Body(blank=True)),
                    ],
                    options={
                        'verbose_name': 'first page',
                    },
                    bases=('portal.portalpage',),
                ),
                migrations.CreateModel(
                    name='NewsIndexPage',
                    fields=[
                        ('portalpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='portal.portalpage')),
                    ],
                    options={
                        'verbose_name': 'list of news',
                    },
                    bases=('portal.portalpage',),
                ),
                migrations.CreateModel(
                    name='NewsPage',
                    fields=[
                        ('portalpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='portal.portalpage')),
                        ('day', models.DateField(verbose_name='day')),
                    ],
                    options={
                        'verbose_name': 'piece of news',
                    },
                    bases=('portal.portalpage',),
                ),
                migrations.CreateModel(
                    name='PartnersPage',
                    fields=[
                        ('portalpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='portal.portalpage')),
                    ],
                    options={
                        'verbose_name': 'partners and contacts',
                    },
                    bases=('portal.portalpage',),
                ),
                migrations.CreateModel(
                    name='PlainPage',
                    fields=[
                        ('portalpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='portal.portalpage')),
                    ],
                    options={
                        'verbose_name': 'plain page',
                    },
                    bases=('portal.portalpage',),
                ),
                migrations.CreateModel(
                    name='TopicPage',
                    fields=[
                        ('portalpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='portal.portalpage')),
                        ('topic', models.SlugField(help_text='Code of the topic in the list of topics, for example cyberbullying.', max_length=40, verbose_name='topic')),
                        ('words', models.TextField(blank=True, help_text='One to a line, as a child would say it.', max_length=600, verbose_name='words that people search by')),
                    ],
                    options={
                        'verbose_name': "topic's door",
                    },
                    bases=('portal.portalpage',),
                ),
                migrations.CreateModel(
                    name='Attachment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=255, verbose_name='title')),
                        ('file', models.FileField(upload_to='documents', verbose_name='file')),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                        ('file_size', models.PositiveBigIntegerField(editable=False, null=True)),
                        ('file_hash', models.CharField(blank=True, editable=False, max_length=40)),
                        ('language', models.CharField(choices=[('lt', 'Lithuanian'), ('en', 'English')], default='lt', max_length=5, verbose_name='language')),
                        ('rights_holder', models.CharField(max_length=160, verbose_name='whose it is')),
                        ('rights', models.CharField(choices=[('own', 'Our own'), ('CC0-1.0', 'CC0 1.0'), ('CC-BY-4.0', 'CC BY 4.0'), ('CC-BY-SA-4.0', 'CC BY-SA 4.0'), ('CC-BY-NC-4.0', 'CC BY-NC 4.0'), ('CC-BY-ND-4.0', 'CC BY-ND 4.0'), ('custom', "With the owner's permission")], max_length=16, verbose_name='terms')),
                        ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                        ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                        ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
                    ],
                    options={
                        'verbose_name': 'file',
                        'verbose_name_plural': 'files',
                    },
                    bases=(modelsearch.index.Indexed, models.Model),
                ),
                migrations.CreateModel(
                    name='Feedback',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ref', models.CharField(default=sauga.kernel.ids.references.new_reference, max_length=12, unique=True)),
                        ('receipt', models.BinaryField(max_length=32, unique=True)),
                        ('state', models.CharField(default=sauga.portal.states.FeedbackState['RECEIVED'], max_length=12)),
                        ('kind', models.CharField(max_length=16)),
                        ('text', models.TextField(max_length=4000)),
                        ('page', models.CharField(blank=True, max_length=200)),
                        ('language', models.CharField(max_length=2)),
                        ('email', models.EmailField(blank=True, max_length=254)),
                        ('answer', models.TextField(blank=True, max_length=4000)),
                        ('received_at', models.DateTimeField()),
                        ('due_at', models.DateTimeField()),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['state', 'due_at'], name='portal_feedback_due')],
                    },
                ),
                migrations.CreateModel(
                    name='FeedbackStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('track', models.CharField(max_length=24)),
                        ('before', models.CharField(max_length=32)),
                        ('after', models.CharField(max_length=32)),
                        ('at', models.DateTimeField()),
                        ('by', models.CharField(max_length=40)),
                        ('why', models.CharField(blank=True, max_length=64)),
                        ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='portal.feedback')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='GateException',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('check_code', models.CharField(max_length=32)),
                        ('reason_lt', models.CharField(blank=True, max_length=400)),
                        ('reason_en', models.CharField(blank=True, max_length=400)),
                        ('until', models.DateField()),
                        ('given_by', models.CharField(max_length=64)),
                        ('given_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exceptions', to='portal.portalpage')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('page', 'check_code'), name='portal_exception_once')],
                    },
                ),
                migrations.CreateModel(
                    name='GateWord',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('failing', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), blank=True, default=list)),
                        ('unseen', models.BooleanField(default=False)),
                        ('at', models.DateTimeField()),
                        ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='gate_word', to='portal.portalpage')),
                    ],
                ),
                migrations.CreateModel(
                    name='HelpEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(choices=[('child_helpline', 'Child helpline'), ('youth_helpline', 'Youth helpline'), ('illegal_content_hotline', 'Illegal content hotline'), ('emergency', 'Emergency'), ('police', 'Police'), ('child_rights', 'Child rights protection'), ('cyber_incident', 'Cyber incidents'), ('data_protection', 'Data protection'), ('consumer_rights', 'Consumer rights')], max_length=32, verbose_name='who helps')),
                        ('name_lt', models.CharField(max_length=120, verbose_name='name in Lithuanian')),
                        ('name_en', models.CharField(max_length=120, verbose_name='name in English')),
                        ('phone', models.CharField(blank=True, max_length=20, verbose_name='telephone')),
                        ('website', models.URLField(blank=True, verbose_name='site')),
                        ('hours_lt', models.CharField(blank=True, max_length=160, verbose_name='hours in Lithuanian')),
                        ('hours_en', models.CharField(blank=True, max_length=160, verbose_name='hours in English')),
                        ('order', models.PositiveSmallIntegerField(default=50, verbose_name='place in the list')),
                        ('valid_from', models.DateField(verbose_name='from')),
                        ('valid_to', models.DateField(blank=True, help_text='The first day it no longer counts. Empty while it lasts.', null=True, verbose_name='until')),
                    ],
                    options={
                        'verbose_name': 'number where help is found',
                        'verbose_name_plural': 'numbers where help is found',
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='portal_help_ends_after_start'), models.CheckConstraint(condition=models.Q(('phone', ''), ('website', ''), _negated=True), name='portal_help_can_be_reached'), models.UniqueConstraint(fields=('code', 'valid_from'), name='portal_help_once')],
                    },
                ),
                migrations.CreateModel(
                    name='OutsideLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('url', models.CharField(max_length=2000, unique=True)),
                        ('outcome', models.CharField(blank=True, max_length=24)),
                        ('checked_at', models.DateTimeField(blank=True, null=True)),
                        ('next_at', models.DateTimeField()),
                        ('failed_at', models.DateTimeField(blank=True, null=True)),
                        ('broken_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['next_at'], name='portal_link_due')],
                    },
                ),
                migrations.CreateModel(
                    name='LinkPlace',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=16)),
                        ('key', models.CharField(max_length=40)),
                        ('name', models.CharField(max_length=255)),
                        ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='portal.outsidelink')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('link', 'kind', 'key'), name='portal_link_place_once')],
                    },
                ),
                migrations.CreateModel(
                    name='PageDay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField()),
                        ('kind', models.CharField(max_length=16)),
                        ('n', models.PositiveIntegerField(default=0)),
                        ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='portal.portalpage')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('page', 'day', 'kind'), name='portal_page_day_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Partner',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name_lt', models.CharField(max_length=160, verbose_name='name in Lithuanian')),
                        ('name_en', models.CharField(max_length=160, verbose_name='name in English')),
                        ('short', models.CharField(blank=True, max_length=40, verbose_name='short name')),
                        ('role', models.CharField(choices=[('coordinator', 'Coordinator'), ('awareness_centre', 'Awareness centre'), ('training_centre', 'Training centre'), ('helpline', 'Helpline'), ('hotline', 'Hotline'), ('partner', 'Partner')], max_length=24, verbose_name='role')),
                        ('valid_from', models.CharField(max_length=7, validators=[django.core.validators.RegexValidator('^\\d{4}(-(0[1-9]|1[0-2]))?$', 'A year or a year and month, as 2012 or 2012-07.')], verbose_name='from')),
                        ('valid_to', models.CharField(blank=True, help_text='Empty while it lasts.', max_length=7, validators=[django.core.validators.RegexValidator('^\\d{4}(-(0[1-9]|1[0-2]))?$', 'A year or a year and month, as 2012 or 2012-07.')], verbose_name='until')),
                        ('website', models.URLField(blank=True, verbose_name='site')),
                        ('confirmed', models.BooleanField(default=False, verbose_name='confirmed by a document')),
                        ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                    ],
                    options={
                        'verbose_name': 'partner',
                        'verbose_name_plural': 'partners',
                        'constraints': [models.UniqueConstraint(fields=('name_lt', 'role', 'valid_from'), name='portal_partner_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Picture',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=255, verbose_name='title')),
                        ('file', wagtail.images.models.WagtailImageField(height_field='height', upload_to=wagtail.images.models.get_upload_to, verbose_name='file', width_field='width')),
                        ('description', models.CharField(blank=True, default='', max_length=255, verbose_name='description')),
                        ('width', models.IntegerField(editable=False, verbose_name='width')),
                        ('height', models.IntegerField(editable=False, verbose_name='height')),
                        ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='created at')),
                        ('focal_point_x', models.PositiveIntegerField(blank=True, null=True)),
                        ('focal_point_y', models.PositiveIntegerField(blank=True, null=True)),
                        ('focal_point_width', models.PositiveIntegerField(blank=True, null=True)),
                        ('focal_point_height', models.PositiveIntegerField(blank=True, null=True)),
                        ('file_size', models.PositiveIntegerField(editable=False, null=True)),
                        ('file_hash', models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                        ('rights_holder', models.CharField(max_length=160, verbose_name='whose it is')),
                        ('rights', models.CharField(choices=[('own', 'Our own'), ('CC0-1.0', 'CC0 1.0'), ('CC-BY-4.0', 'CC BY 4.0'), ('CC-BY-SA-4.0', 'CC BY-SA 4.0'), ('CC-BY-NC-4.0', 'CC BY-NC 4.0'), ('CC-BY-ND-4.0', 'CC BY-ND 4.0'), ('custom', "With the owner's permission")], max_length=16, verbose_name='terms')),
                        ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                        ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                        ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
                    ],
                    options={
                        'verbose_name': 'picture',
                        'verbose_name_plural': 'pictures',
                    },
                    bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
                ),
                migrations.CreateModel(
                    name='PictureSize',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('filter_spec', models.CharField(db_index=True, max_length=255)),
                        ('file', wagtail.images.models.WagtailImageField(height_field='height', storage=wagtail.images.models.get_rendition_storage, upload_to=wagtail.images.models.get_rendition_upload_to, width_field='width')),
                        ('width', models.IntegerField(editable=False)),
                        ('height', models.IntegerField(editable=False)),
                        ('focal_point_key', models.CharField(blank=True, default='', editable=False, max_length=16)),
                        ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='portal.picture')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('image', 'filter_spec', 'focal_point_key'), name='portal_picture_size_once')],
                    },
                    bases=(wagtail.images.models.ImageFileMixin, models.Model),
                ),
                migrations.CreateModel(
                    name='ReviewRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ref', models.CharField(default=sauga.kernel.ids.references.new_reference, max_length=40, unique=True)),
                        ('state', models.CharField(default=sauga.portal.states.ReviewState['SENT'], max_length=16)),
                        ('name', models.CharField(max_length=120)),
                        ('email', models.EmailField(max_length=254)),
                        ('language', models.CharField(default='lt', max_length=5)),
                        ('question', models.TextField(blank=True, max_length=1000)),
                        ('words', models.TextField(blank=True, max_length=4000)),
                        ('asked_by', models.CharField(max_length=40)),
                        ('asked_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='review_requests', to='portal.portalpage')),
                        ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.revision')),
                    ],
                ),
                migrations.CreateModel(
                    name='ReviewStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('track', models.CharField(max_length=24)),
                        ('before', models.CharField(max_length=32)),
                        ('after', models.CharField(max_length=32)),
                        ('at', models.DateTimeField()),
                        ('by', models.CharField(max_length=40)),
                        ('why', models.CharField(blank=True, max_length=64)),
                        ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='portal.reviewrequest')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Video',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=160, verbose_name='title')),
                        ('language', models.CharField(choices=[('lt', 'Lithuanian'), ('en', 'English')], default='lt', max_length=5, verbose_name='language')),
                        ('file', models.FileField(upload_to='films', verbose_name='film')),
                        ('captions', models.FileField(help_text="A WebVTT file in the film's language.", upload_to='films', verbose_name='captions')),
                        ('transcript', models.TextField(help_text='Everything that is said and what must be seen to understand it.', verbose_name='transcript')),
                        ('rights_holder', models.CharField(max_length=160, verbose_name='whose it is')),
                        ('rights', models.CharField(choices=[('own', 'Our own'), ('CC0-1.0', 'CC0 1.0'), ('CC-BY-4.0', 'CC BY 4.0'), ('CC-BY-SA-4.0', 'CC BY-SA 4.0'), ('CC-BY-NC-4.0', 'CC BY-NC 4.0'), ('CC-BY-ND-4.0', 'CC BY-ND 4.0'), ('custom', "With the owner's permission")], max_length=16, verbose_name='terms')),
                        ('poster', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='portal.picture', verbose_name='first picture')),
                    ],
                    options={
                        'verbose_name': 'film',
                        'verbose_name_plural': 'films',
                    },
                    bases=(modelsearch.index.Indexed, models.Model),
                ),
            ],
        ),
    ]
