from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("common", "0002_audit_is_append_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="unsubscribe",
            field=models.CharField(blank=True, max_length=500),
        ),
    ]
