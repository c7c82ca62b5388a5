from common_settings import *  # noqa: F403

DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "wagtail"}}
ROOT_URLCONF = "wagtail_settings"
WAGTAIL_SITE_NAME = "x"
WAGTAILADMIN_BASE_URL = "http://x.test"
INSTALLED_APPS = """
    wagtail.contrib.forms wagtail.contrib.redirects wagtail.contrib.settings wagtail.contrib.search_promotions
    wagtail.contrib.simple_translation wagtail.embeds wagtail.sites wagtail.users wagtail.snippets
    wagtail.documents wagtail.images wagtail.search wagtail.admin wagtail modelcluster taggit django_tasks
    django.contrib.admin django.contrib.auth django.contrib.contenttypes django.contrib.sessions
    django.contrib.messages django.contrib.staticfiles django.contrib.postgres
""".split()
