
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
        ('meetings', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=24, unique=True)),
                ('origin', models.CharField(choices=[('MEETING', 'pertemuan'), ('LETTER', 'surat'), ('INSTRUCTION', 'arahan')], default='MEETING', max_length=12, verbose_name='asal')),
                ('origin_on', models.DateField(verbose_name='tanggal asal')),
                ('origin_reference', models.CharField(blank=True, max_length=200, verbose_name='nomor surat atau sumber arahan')),
                ('position', models.PositiveSmallIntegerField(default=1)),
                ('span_start', models.PositiveIntegerField()),
                ('span_end', models.PositiveIntegerField()),
                ('terms_n', models.PositiveSmallIntegerField(default=1)),
                ('wording', models.TextField(verbose_name='rumusan')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='tenggat')),
                ('due_basis', models.CharField(blank=True, choices=[('PROPOSED', 'usulan'), ('AGREED', 'disepakati')], max_length=8)),
                ('target', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='target')),
                ('unit', models.CharField(blank=True, max_length=60, verbose_name='satuan')),
                ('note', models.TextField(blank=True, verbose_name='catatan')),
                ('status', models.CharField(choices=[('DRAFT', 'Draf'), ('NOT_STARTED', 'Belum dimulai'), ('RUNNING', 'Berjalan'), ('BLOCKED', 'Terkendala'), ('SUBMITTED', 'Menunggu verifikasi'), ('DONE', 'Selesai (terverifikasi)'), ('UNMET', 'Tidak dapat ditindaklanjuti'), ('VOID', 'Dibatalkan (salah catat)'), ('MERGED', 'Digabung')], default='DRAFT', max_length=11, verbose_name='status')),
                ('shared_at', models.DateTimeField(blank=True, null=True)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('late_from', models.DateTimeField(blank=True, null=True)),
                ('realised', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ('last_progress_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('is_example', models.BooleanField(default=False)),
                ('is_discarded', models.BooleanField(default=False)),
                ('agreement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='agencies.agreement')),
                ('clauses', models.ManyToManyField(blank=True, related_name='commitments', to='agencies.clause')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('host_agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hosted_commitments', to='agencies.agency')),
                ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_commitments', to='agencies.agency', verbose_name='penanggung jawab')),
                ('lead_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='meetings.meeting')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='meetings.sourcetext')),
            ],
            options={
                'verbose_name': 'komitmen',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(blank=True, max_length=200, verbose_name='bagian')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='agencies.agency')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='commitments.commitment')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Move',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_status', models.CharField(blank=True, choices=[('DRAFT', 'Draf'), ('NOT_STARTED', 'Belum dimulai'), ('RUNNING', 'Berjalan'), ('BLOCKED', 'Terkendala'), ('SUBMITTED', 'Menunggu verifikasi'), ('DONE', 'Selesai (terverifikasi)'), ('UNMET', 'Tidak dapat ditindaklanjuti'), ('VOID', 'Dibatalkan (salah catat)'), ('MERGED', 'Digabung')], max_length=11)),
                ('to_status', models.CharField(choices=[('DRAFT', 'Draf'), ('NOT_STARTED', 'Belum dimulai'), ('RUNNING', 'Berjalan'), ('BLOCKED', 'Terkendala'), ('SUBMITTED', 'Menunggu verifikasi'), ('DONE', 'Selesai (terverifikasi)'), ('UNMET', 'Tidak dapat ditindaklanjuti'), ('VOID', 'Dibatalkan (salah catat)'), ('MERGED', 'Digabung')], max_length=11)),
                ('verb', models.CharField(choices=[('share', 'disampaikan'), ('start', 'dimulai'), ('report', 'perkembangan dilaporkan'), ('block', 'terkendala'), ('resume', 'dilanjutkan'), ('submit', 'dilaporkan selesai'), ('send_back', 'dikembalikan untuk dilengkapi'), ('verify', 'dinyatakan selesai')], max_length=12)),
                ('at', models.DateTimeField()),
                ('reason', models.TextField(blank=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='commitments.commitment')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('NEWS', 'perkembangan'), ('OBSTACLE', 'kendala'), ('CLAIM', 'laporan selesai')], default='NEWS', max_length=8)),
                ('text', models.TextField(verbose_name='perkembangan')),
                ('realised', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='realisasi')),
                ('source_kind', models.CharField(blank=True, choices=[('LETTER', 'surat'), ('WHATSAPP', 'WhatsApp'), ('PHONE', 'telepon'), ('MEETING', 'rapat')], max_length=8, verbose_name='sumber')),
                ('source_text', models.CharField(blank=True, max_length=200, verbose_name='siapa yang menyampaikan')),
                ('source_on', models.DateField(blank=True, null=True, verbose_name='tanggal disampaikan')),
                ('at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='progress', to='commitments.commitment')),
                ('on_behalf_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('FILE', 'berkas'), ('LINK', 'tautan'), ('LETTER', 'nomor surat')], max_length=6)),
                ('file', models.FileField(blank=True, upload_to='evidence/%Y/%m')),
                ('name', models.CharField(blank=True, max_length=200)),
                ('content_type', models.CharField(blank=True, max_length=80)),
                ('size', models.PositiveIntegerField(default=0)),
                ('sha256_received', models.CharField(blank=True, max_length=64)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('link', models.URLField(blank=True, max_length=400, verbose_name='tautan')),
                ('letter_number', models.CharField(blank=True, max_length=120, verbose_name='nomor surat')),
                ('letter_on', models.DateField(blank=True, null=True, verbose_name='tanggal surat')),
                ('sensitivity', models.CharField(choices=[('INTERNAL', 'internal'), ('GENERAL', 'umum')], default='INTERNAL', max_length=8)),
                ('progress', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='commitments.progress')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rung', models.CharField(choices=[('H-7', 'H-7'), ('H-1', 'H-1'), ('H', 'H'), ('H+1', 'H+1'), ('H+7', 'H+7'), ('GAPS', 'lengkapi')], max_length=6)),
                ('due_on', models.DateField()),
                ('recipient', models.CharField(max_length=40)),
                ('state', models.CharField(choices=[('PLANNED', 'direncanakan'), ('SENT', 'terkirim'), ('SKIPPED', 'dilewati'), ('CANCELLED', 'dibatalkan'), ('FAILED', 'gagal')], default='PLANNED', max_length=10)),
                ('at', models.DateTimeField()),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='commitments.commitment')),
                ('delivery', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='agencies.delivery')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Terms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('n', models.PositiveSmallIntegerField()),
                ('wording', models.TextField()),
                ('due_on', models.DateField(null=True)),
                ('due_basis', models.CharField(blank=True, choices=[('PROPOSED', 'usulan'), ('AGREED', 'disepakati')], max_length=8)),
                ('target', models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ('unit', models.CharField(blank=True, max_length=60)),
                ('reason', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='commitments.commitment')),
                ('lead', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['commitment', 'n'],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.CharField(choices=[('AGREED', 'sepakat'), ('PROPOSED_CHANGE', 'usul perubahan'), ('OBJECTED', 'keberatan')], default='AGREED', max_length=16)),
                ('strength', models.CharField(choices=[('RECORDED', 'dicatat'), ('IN_MEETING', 'disepakati dalam rapat'), ('CONFIRMED', 'dikonfirmasi')], max_length=10)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('post_text', models.CharField(blank=True, max_length=160)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='agencies.agency')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('terms', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='commitments.terms')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('ACCEPTED', 'dinyatakan selesai'), ('RETURNED', 'dikembalikan untuk dilengkapi')], max_length=8)),
                ('signer_name', models.CharField(blank=True, max_length=120)),
                ('signer_post', models.CharField(blank=True, max_length=160)),
                ('seen_digest', models.CharField(max_length=64)),
                ('reason', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verifications', to='commitments.progress')),
                ('claimed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commitments.evidence')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(fields=['host_agency', 'status', 'due_on'], name='commitment_by_host'),
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(fields=['lead', 'status', 'due_on'], name='commitment_by_lead'),
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(fields=['agreement', 'status'], name='commitment_by_agreement'),
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(fields=['due_on', 'code'], name='commitment_by_due'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['DONE', 'UNMET']), ('closed_at__isnull', False)), models.Q(models.Q(('status__in', ['DONE', 'UNMET']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='commitment_closed_has_instant', violation_error_message='Komitmen yang ditutup harus mempunyai waktu penutupan.'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'SUBMITTED'), _negated=True), ('submitted_at__isnull', False), _connector='OR'), name='commitment_submitted_has_instant'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'DRAFT'), ('shared_at__isnull', False), _connector='OR'), name='commitment_shared_has_instant'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_on__isnull', True), ('due_basis', ''), ('late_from__isnull', True)), models.Q(('due_on__isnull', False), models.Q(('due_basis', ''), _negated=True), ('late_from__isnull', False)), _connector='OR'), name='commitment_date_has_basis'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('is_discarded', False), ('status', 'DRAFT'), _connector='OR'), name='commitment_discarded_only_as_draft'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('span_end__gte', models.F('span_start'))), name='commitment_span_in_order'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.UniqueConstraint(fields=('commitment', 'agency'), name='contribution_once'),
        ),
        migrations.AddIndex(
            model_name='move',
            index=models.Index(fields=['commitment', 'at'], name='move_as_of'),
        ),
        migrations.AddConstraint(
            model_name='progress',
            constraint=models.CheckConstraint(condition=models.Q(('on_behalf_of__isnull', True), models.Q(models.Q(('source_kind', ''), _negated=True), models.Q(('source_text', ''), _negated=True), ('source_on__isnull', False)), _connector='OR'), name='progress_on_behalf_has_source', violation_error_message='Sebutkan sumber, tanggal, dan siapa yang menyampaikan.'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'FILE'), models.Q(('file', ''), _negated=True), models.Q(('sha256', ''), _negated=True)), models.Q(('kind', 'LINK'), models.Q(('link', ''), _negated=True)), models.Q(('kind', 'LETTER'), models.Q(('letter_number', ''), _negated=True)), _connector='OR'), name='evidence_is_what_it_says'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('commitment', 'rung', 'due_on', 'recipient'), name='reminder_rung_once'),
        ),
        migrations.AddConstraint(
            model_name='terms',
            constraint=models.UniqueConstraint(fields=('commitment', 'n'), name='terms_numbered_once'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'OBJECTED'), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='consent_objection_has_words'),
        ),
        migrations.AddConstraint(
            model_name='verification',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('claimed_by')), _negated=True), _connector='OR'), name='verification_never_own_claim'),
        ),
        migrations.AddConstraint(
            model_name='verification',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', False), ('document__isnull', True)), models.Q(('decided_by__isnull', True), ('document__isnull', False)), _connector='OR'), name='verification_by_person_or_document'),
        ),
        migrations.AddConstraint(
            model_name='verification',
            constraint=models.CheckConstraint(condition=models.Q(('verdict', 'ACCEPTED'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='verification_return_has_reason'),
        ),
    ]
