
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=24, unique=True)),
                ('kind', models.CharField(choices=[('AUDIENCE', 'Audiensi'), ('COORDINATION', 'Rapat koordinasi'), ('FOLLOW_UP', 'Rapat tindak lanjut'), ('EVALUATION', 'Monitoring dan evaluasi'), ('OUTREACH', 'Sosialisasi'), ('SIGNING', 'Penandatanganan')], default='AUDIENCE', max_length=14, verbose_name='jenis')),
                ('status', models.CharField(choices=[('PLANNED', 'direncanakan'), ('HELD', 'terlaksana'), ('POSTPONED', 'ditunda'), ('CANCELLED', 'dibatalkan')], default='HELD', max_length=10, verbose_name='keadaan')),
                ('held_on', models.DateField(verbose_name='tanggal')),
                ('led_by', models.CharField(blank=True, max_length=200, verbose_name='dipimpin oleh')),
                ('received_by', models.CharField(blank=True, max_length=200, verbose_name='diterima oleh')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='tempat')),
                ('is_open_list', models.BooleanField(default=False, verbose_name='daftar terbuka')),
                ('minutes', models.TextField(blank=True, verbose_name='notula singkat')),
                ('source_url', models.URLField(blank=True, max_length=400, verbose_name='alamat sumber')),
                ('shared_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('is_example', models.BooleanField(default=False)),
                ('is_discarded', models.BooleanField(default=False)),
                ('agreement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='agencies.agreement', verbose_name='kesepakatan')),
                ('counterpart', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='instansi mitra')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('host_agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hosted_meetings', to='agencies.agency')),
            ],
            options={
                'verbose_name': 'pertemuan',
                'ordering': ['-held_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='nama')),
                ('post_text', models.CharField(blank=True, max_length=160, verbose_name='jabatan')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='agencies.agency')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='meetings.meeting')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='MeetingFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('INVITATION', 'Surat undangan'), ('ATTENDANCE', 'Daftar hadir'), ('MINUTES', 'Notula'), ('RECORD', 'Berita acara'), ('ASSIGNMENT', 'Surat tugas'), ('SLIDES', 'Paparan'), ('PHOTO', 'Dokumentasi')], max_length=12, verbose_name='jenis berkas')),
                ('file', models.FileField(upload_to='meetings/%Y/%m')),
                ('name', models.CharField(max_length=200)),
                ('content_type', models.CharField(max_length=80)),
                ('size', models.PositiveIntegerField()),
                ('sha256_received', models.CharField(max_length=64)),
                ('sha256', models.CharField(max_length=64)),
                ('letter_number', models.CharField(blank=True, max_length=120, verbose_name='nomor surat')),
                ('letter_on', models.DateField(blank=True, null=True, verbose_name='tanggal surat')),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='meetings.meeting')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SourceText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('label', models.CharField(max_length=160)),
                ('source_url', models.URLField(blank=True, max_length=400)),
                ('created_at', models.DateTimeField()),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='source_texts', to='meetings.meeting')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('speaker', models.CharField(max_length=160, verbose_name='penutur')),
                ('verbatim', models.TextField(verbose_name='kutipan')),
                ('source_url', models.URLField(blank=True, max_length=400)),
                ('may_quote', models.BooleanField(default=False, verbose_name='izin kutip')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='meetings.meeting')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['host_agency', 'held_on'], name='meeting_by_host'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('is_discarded', False), ('shared_at__isnull', True), _connector='OR'), name='meeting_discarded_only_as_draft'),
        ),
    ]
