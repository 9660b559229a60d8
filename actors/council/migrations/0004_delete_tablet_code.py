from django.db import migrations


class Migration(migrations.Migration):
    """Nobody votes by a one-time code any more (docs/adr/0018). What was voted by one stays in its chain."""

    dependencies = [("council", "0003_notice_from_the_words_as_they_are")]

    operations = [migrations.DeleteModel(name="TabletCode")]
