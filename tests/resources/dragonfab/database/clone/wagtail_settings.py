SECRET_KEY = "x"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "wagtail"}}
ROOT_URLCONF = "wagtail_settings"
urlpatterns = []
STATIC_URL = "/static/"
MEDIA_URL = "/media/"
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]},
}]
WAGTAIL_SITE_NAME = "x"
WAGTAILADMIN_BASE_URL = "http://x.test"
INSTALLED_APPS = """
    wagtail.contrib.forms wagtail.contrib.redirects wagtail.contrib.settings wagtail.contrib.search_promotions
    wagtail.contrib.simple_translation wagtail.embeds wagtail.sites wagtail.users wagtail.snippets
    wagtail.documents wagtail.images wagtail.search wagtail.admin wagtail modelcluster taggit django_tasks
    django.contrib.admin django.contrib.auth django.contrib.contenttypes django.contrib.sessions
    django.contrib.messages django.contrib.staticfiles django.contrib.postgres
""".split()
