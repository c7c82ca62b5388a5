from celery import shared_task

from .models import Note


@shared_task
def shout(number):
    note = Note.objects.get(id=number)
    note.text = note.text.upper()
    note.save()
