from django.conf import settings


class ReleaseHeader:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["X-Release"] = settings.RELEASE
        return response


def in_templates(request):
    return {"release": settings.RELEASE}
