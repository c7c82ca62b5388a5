"""Whether the application can be loaded: run as its user, with its environment, before it serves anybody."""
import importlib
import sys

kind, _, name = sys.argv[1].partition(":")
if kind == "django":
    import django
    from django.core.management import call_command
    from django.urls import get_resolver

    django.setup()
    call_command("check")
    # Modules of pages are loaded only here.
    get_resolver().url_patterns
else:
    module, _, attribute = name.partition(":")
    loaded = importlib.import_module(module)
    for part in attribute.removesuffix("()").split("."):
        loaded = getattr(loaded, part)
