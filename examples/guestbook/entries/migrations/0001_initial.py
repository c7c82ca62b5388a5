from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('author', models.CharField(max_length=80, verbose_name='name')),
                ('message', models.TextField(max_length=2000)),
                ('picture', models.ImageField(blank=True, upload_to='pictures/%Y/%m')),
                ('posted', models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
            options={
                'verbose_name_plural': 'entries',
                'ordering': ['-posted', '-id'],
            },
        ),
    ]
