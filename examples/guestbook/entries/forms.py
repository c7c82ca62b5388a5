from uuid import uuid4

from django import forms

from entries.models import Entry

SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "GIF": ".gif", "WEBP": ".webp"}
MAX_BYTES = 5 * 1024 * 1024


class EntryForm(forms.ModelForm):
    class Meta:
        model = Entry
        fields = ["author", "message", "picture"]
        widgets = {
            "message": forms.Textarea(attrs={"rows": 4}),
            "picture": forms.FileInput(attrs={"accept": "image/*"}),
        }

    def clean_picture(self):
        picture = self.cleaned_data["picture"]
        if not picture:
            return picture
        if picture.size > MAX_BYTES:
            raise forms.ValidationError("The picture is larger than 5 MB.")
        if picture.image.format not in SUFFIXES:
            raise forms.ValidationError("Please choose a JPEG, PNG, GIF or WebP picture.")
        # The visitor's file name must not decide the type under which nginx serves the file.
        picture.name = uuid4().hex + SUFFIXES[picture.image.format]
        return picture
