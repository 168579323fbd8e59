from typing import Any

from django.db import migrations, models


def leave_whole(apps: Any, schema_editor: Any) -> None:
    """Delete the rows of single scope items, whose commitments would else be counted once more."""
    apps.get_model("commitments", "Tally").objects.filter(clause__isnull=False).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0003_reports'),
        ('commitments', '0008_drafts_by_host'),
    ]

    operations = [
        migrations.RunPython(leave_whole),
        migrations.RemoveIndex(
            model_name='tally',
            name='tally_of_sort',
        ),
        migrations.RemoveIndex(
            model_name='tally',
            name='tally_of_lead',
        ),
        migrations.RemoveField(
            model_name='tally',
            name='clause',
        ),
        migrations.RemoveField(
            model_name='tally',
            name='measured',
        ),
        migrations.RemoveField(
            model_name='tally',
            name='planned',
        ),
        migrations.RemoveField(
            model_name='tally',
            name='reached',
        ),
        migrations.AddIndex(
            model_name='tally',
            index=models.Index(fields=['host_agency', 'lead', 'agreement', 'status', 'n', 'dateless', 'targetless', 'scopeless', 'lacking', 'examples'], name='tally_of_sort'),
        ),
        migrations.AddIndex(
            model_name='tally',
            index=models.Index(fields=['lead', 'host_agency', 'agreement', 'status', 'n', 'dateless', 'targetless', 'scopeless', 'lacking', 'examples'], name='tally_of_lead'),
        ),
    ]
