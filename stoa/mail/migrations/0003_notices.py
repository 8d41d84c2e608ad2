from django.conf import settings
from django.db import migrations, models
from django.db.models import F


def what_came_before_is_read(apps, schema_editor):
    apps.get_model("mail", "Mail").objects.update(read_at=F("queued_at"))


class Migration(migrations.Migration):
    # An index can't be made in the transaction of an update.
    atomic = False

    dependencies = [
        ("mail", "0002_security_mails_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="link",
            field=models.CharField(blank=True, default="", max_length=500),
            preserve_default=False,
        ),
        migrations.AddField(model_name="mail", name="read_at", field=models.DateTimeField(null=True)),
        migrations.RunPython(what_came_before_is_read, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(
                condition=models.Q(("read_at", None), ("security", False)), fields=["person"], name="notices_unread"
            ),
        ),
    ]
