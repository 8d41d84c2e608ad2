from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_session")]

    operations = [
        # Every answer that is saved counts against a limit; a count that a crash forgets is not worth waiting for a disk.
        migrations.RunSQL(
            "ALTER TABLE accounts_allowance SET UNLOGGED", reverse_sql="ALTER TABLE accounts_allowance SET LOGGED"
        ),
    ]
