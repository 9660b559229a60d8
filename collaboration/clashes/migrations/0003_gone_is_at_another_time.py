from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clashes", "0002_composite_keys"),
    ]

    operations = [
        migrations.AlterField(
            model_name="clash",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "Ingen har gjort noget endnu"),
                    ("asked", "Den ene har spurgt den anden"),
                    ("left", "Står, som de er"),
                    ("moved", "Flyttet"),
                    ("merged", "Laves sammen"),
                    ("gone", "Ikke længere på samme tid"),
                ],
                default="open",
                max_length=6,
            ),
        ),
    ]
