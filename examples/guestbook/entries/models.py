from django.db import models


class Entry(models.Model):
    author = models.CharField("name", max_length=80)
    message = models.TextField(max_length=2000)
    picture = models.ImageField(upload_to="pictures/%Y/%m", blank=True)
    posted = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["-posted", "-id"]
        verbose_name_plural = "entries"

    def __str__(self):
        return f"{self.author}, {self.posted:%Y-%m-%d}"
