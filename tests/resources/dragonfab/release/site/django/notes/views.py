import os
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from .models import Note
from .tasks import shout

RELEASE = "one"


@csrf_exempt
def index(request):
    if "broken" in os.environ["GREETING"]:
        raise RuntimeError("a variable makes it fail")
    if request.method == "POST":
        if "file" in request.FILES:
            default_storage.save(request.FILES["file"].name, request.FILES["file"])
        else:
            shout.delay(Note.objects.create(text=request.POST["text"]).id)
    return HttpResponse(f"release {RELEASE}: " + ", ".join(n.text for n in Note.objects.order_by("id")))


def database(request):
    return HttpResponse(f"{settings.DATABASES['default']['ENGINE']} {Path(settings.MEDIA_ROOT)} {settings.DEBUG}")
