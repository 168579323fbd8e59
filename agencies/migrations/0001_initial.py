
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='surel')),
                ('name', models.CharField(max_length=120, verbose_name='nama')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktif')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'pengguna',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='EventHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveBigIntegerField(default=0)),
                ('hash', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(unique=True, verbose_name='tanggal')),
                ('name', models.CharField(max_length=120, verbose_name='nama')),
                ('kind', models.CharField(choices=[('NATIONAL', 'libur nasional'), ('SHARED_LEAVE', 'cuti bersama'), ('OWN', 'libur instansi')], max_length=14, verbose_name='jenis')),
                ('is_removed', models.BooleanField(default=False, verbose_name='dihapus')),
            ],
            options={
                'ordering': ['on'],
            },
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=24, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9][a-z0-9-]{0,23}$', 'Kode terdiri atas huruf kecil, angka, dan tanda hubung, paling banyak 24.')], verbose_name='kode')),
                ('kind', models.CharField(choices=[('MINISTRY', 'Kementerian/Lembaga'), ('FIELD_OFFICE', 'BP3MI/P4MI'), ('PROVINCE', 'Pemerintah provinsi'), ('CITY', 'Pemerintah kota/kabupaten'), ('REGIONAL_OFFICE', 'Dinas/Badan'), ('CITY_OFFICE', 'Suku Dinas'), ('SECTION', 'Bagian'), ('DISTRICT', 'Kecamatan/Kelurahan'), ('INSPECTORATE', 'Inspektorat'), ('LAW_ENFORCEMENT', 'Aparat penegak hukum'), ('PARTNER', 'Mitra nonpemerintah')], max_length=20, verbose_name='jenis')),
                ('name', models.CharField(max_length=200, verbose_name='nama')),
                ('short_name', models.CharField(max_length=80, verbose_name='nama singkat')),
                ('path', models.CharField(db_index=True, default='', editable=False, max_length=200)),
                ('region', models.CharField(blank=True, max_length=120, verbose_name='wilayah')),
                ('zone', models.CharField(choices=[('Asia/Jakarta', 'WIB'), ('Asia/Makassar', 'WITA'), ('Asia/Jayapura', 'WIT')], default='Asia/Jakarta', max_length=20, verbose_name='zona waktu')),
                ('letterhead', models.TextField(blank=True, help_text='Dua sampai empat baris nama instansi.', verbose_name='kop surat')),
                ('address_line', models.CharField(blank=True, max_length=250, verbose_name='baris alamat')),
                ('signing_place', models.CharField(blank=True, max_length=80, verbose_name='tempat penandatanganan')),
                ('signing_post', models.CharField(blank=True, max_length=120, verbose_name='jabatan penanda tangan')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktif')),
                ('is_example', models.BooleanField(default=False, verbose_name='data contoh')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='agencies.agency', verbose_name='induk')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='penerus')),
                ('technical_parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='pembina teknis')),
            ],
            options={
                'verbose_name': 'instansi',
                'verbose_name_plural': 'instansi',
                'ordering': ['path', 'code'],
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=24, unique=True)),
                ('kind', models.CharField(choices=[('NK', 'Nota Kesepakatan'), ('NKP', 'Nota Kesepahaman'), ('PKS', 'Perjanjian Kerja Sama'), ('RK', 'Rencana Kerja'), ('SE', 'Surat Edaran (Bersama)')], default='NK', max_length=4, verbose_name='jenis')),
                ('title', models.CharField(blank=True, max_length=300, verbose_name='judul resmi')),
                ('signed_on', models.DateField(verbose_name='tanggal')),
                ('place', models.CharField(blank=True, max_length=160, verbose_name='tempat')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='berlaku dari')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                ('relation', models.CharField(blank=True, choices=[('DERIVED', 'turunan dari'), ('RENEWS', 'memperbarui'), ('REPLACES', 'menggantikan'), ('UNKNOWN', 'hubungan belum diketahui')], max_length=8, verbose_name='hubungan')),
                ('file', models.FileField(blank=True, upload_to='agreements/%Y', verbose_name='berkas')),
                ('source_url', models.URLField(blank=True, max_length=400, verbose_name='alamat sumber')),
                ('profile', models.CharField(choices=[('SINGLE_OFFICE', 'Satu kantor')], default='SINGLE_OFFICE', max_length=14, verbose_name='profil')),
                ('is_open_between_parties', models.BooleanField(default=False, verbose_name='terbuka antarpihak')),
                ('is_example', models.BooleanField(default=False, verbose_name='data contoh')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField()),
                ('host_agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='dicatat oleh')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='descendants', to='agencies.agreement', verbose_name='dokumen induk')),
            ],
            options={
                'verbose_name': 'kesepakatan',
                'ordering': ['-signed_on', 'code'],
            },
        ),
        migrations.CreateModel(
            name='Alias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='nama lain')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='berlaku dari')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='aliases', to='agencies.agency')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='AuditAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='audit_assignments', to='agencies.agreement')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='audit_assignments', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Clause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, verbose_name='nomor')),
                ('text', models.TextField(verbose_name='uraian')),
                ('citation', models.CharField(blank=True, max_length=80, verbose_name='kutipan pasal')),
                ('position', models.PositiveSmallIntegerField(default=1)),
                ('is_example', models.BooleanField(default=False)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clauses', to='agencies.agreement')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='agencies.clause')),
            ],
            options={
                'verbose_name': 'ruang lingkup',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='nama')),
                ('post_text', models.CharField(max_length=120, verbose_name='jabatan')),
                ('whatsapp', models.CharField(blank=True, max_length=20, verbose_name='nomor WhatsApp')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='surel')),
                ('is_active', models.BooleanField(default=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='agencies.agency', verbose_name='instansi')),
                ('kept_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kept_contacts', to='agencies.agency')),
            ],
            options={
                'verbose_name': 'narahubung',
                'ordering': ['agency', 'post_text'],
            },
        ),
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=8)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'year'), name='counter_once')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=160, unique=True)),
                ('channel', models.CharField(choices=[('APP', 'dalam aplikasi'), ('EMAIL', 'surel'), ('WHATSAPP_MANUAL', 'WhatsApp (dikirim petugas)')], max_length=16)),
                ('state', models.CharField(choices=[('WAITING', 'menunggu'), ('SENT', 'terkirim'), ('FAILED', 'gagal'), ('CANCELLED', 'dibatalkan')], default='WAITING', max_length=10)),
                ('address', models.CharField(blank=True, max_length=254)),
                ('subject', models.CharField(max_length=200)),
                ('body', models.TextField()),
                ('path', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField()),
                ('next_try_at', models.DateTimeField()),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('message_id', models.CharField(blank=True, max_length=120)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('error', models.CharField(blank=True, max_length=300)),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='agencies.contact')),
                ('handled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(max_length=60)),
                ('content', models.JSONField(default=dict)),
                ('updated_at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveBigIntegerField(unique=True)),
                ('previous_hash', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('actor_id', models.BigIntegerField(null=True)),
                ('post_id', models.BigIntegerField(null=True)),
                ('agency_code', models.CharField(blank=True, max_length=24)),
                ('verb', models.CharField(max_length=60)),
                ('object_kind', models.CharField(max_length=40)),
                ('object_code', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('texts', models.JSONField(default=dict)),
            ],
            options={
                'ordering': ['seq'],
                'indexes': [models.Index(fields=['object_kind', 'object_code', 'seq'], name='event_by_object')],
            },
        ),
        migrations.CreateModel(
            name='EventText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=40)),
                ('text', models.TextField(blank=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='free_texts', to='agencies.event')),
            ],
        ),
        migrations.CreateModel(
            name='FormToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField(unique=True)),
                ('digest', models.CharField(max_length=64)),
                ('result', models.CharField(max_length=300)),
                ('at', models.DateTimeField()),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1)),
                ('signatory_name', models.CharField(blank=True, max_length=120, verbose_name='nama penanda tangan')),
                ('signatory_post', models.CharField(blank=True, max_length=160, verbose_name='jabatan penanda tangan')),
                ('number', models.CharField(blank=True, max_length=120, verbose_name='nomor dokumen')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='party_to', to='agencies.agency', verbose_name='instansi')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='agencies.agreement')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='jabatan')),
                ('is_active', models.BooleanField(default=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='agencies.agency')),
            ],
            options={
                'ordering': ['title'],
            },
        ),
        migrations.CreateModel(
            name='Tenure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('OFFICER', 'Petugas'), ('SUPERVISOR', 'Pimpinan'), ('PRESS', 'Humas'), ('AUDITOR', 'Auditor (inspektorat)'), ('ADMIN', 'Admin')], max_length=12, verbose_name='peran')),
                ('holding', models.CharField(choices=[('DEFINITIVE', 'definitif'), ('ACTING', 'Plt.'), ('DAILY', 'Plh.')], default='DEFINITIVE', max_length=12)),
                ('starts_on', models.DateField(verbose_name='mulai')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='sampai')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tenures', to='agencies.post')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tenures', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('starts_on__lte', models.F('ends_on')), _connector='OR'), name='agreement_dates_in_order', violation_error_message='Tanggal mulai harus sebelum tanggal akhir.'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('parent__isnull', True), ('relation', '')), models.Q(('parent__isnull', False), models.Q(('relation', ''), _negated=True)), _connector='OR'), name='agreement_relation_with_parent', violation_error_message='Pilih hubungan dengan dokumen induk.'),
        ),
        migrations.AddConstraint(
            model_name='alias',
            constraint=models.UniqueConstraint(fields=('agency', 'name'), name='alias_once_per_agency'),
        ),
        migrations.AddConstraint(
            model_name='alias',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_from__lte', models.F('valid_until')), _connector='OR'), name='alias_dates_in_order', violation_error_message='Tanggal mulai harus sebelum tanggal akhir.'),
        ),
        migrations.AddConstraint(
            model_name='auditassignment',
            constraint=models.UniqueConstraint(fields=('user', 'agreement'), name='audit_assignment_once'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.UniqueConstraint(fields=('agreement', 'number'), name='clause_number_once'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['state', 'channel', 'next_try_at'], name='delivery_due'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['user', 'channel', 'created_at'], name='delivery_of_user'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'SENT'), ('sent_at__isnull', False)), models.Q(models.Q(('state', 'SENT'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='delivery_sent_has_instant'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(fields=('user', 'form'), name='draft_once_per_form'),
        ),
        migrations.AddConstraint(
            model_name='eventtext',
            constraint=models.UniqueConstraint(fields=('event', 'field'), name='event_text_once'),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.UniqueConstraint(fields=('agreement', 'agency'), name='party_once_per_agreement'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(fields=('agency', 'title'), name='post_once_per_agency'),
        ),
        migrations.AddConstraint(
            model_name='tenure',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='tenure_dates_in_order'),
        ),
    ]
