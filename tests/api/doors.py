"""Addresses that only tests have: what every view inherits, without any view of ours."""

from django.db import OperationalError
from django.urls import include, path
from rest_framework.response import Response

from api.base import ApiView
from config import urls


class Open(ApiView):
    def get(self, _request):
        return Response({"said": "hello"})

    def post(self, request):
        return Response({"sent": request.data})


class Guarded(Open):
    scope = "applications:read"


class Broken(ApiView):
    def get(self, _request):
        raise RuntimeError("a secret of the applicant")

    def post(self, _request):
        raise OperationalError("the server closed the connection")


doors = [path("open/", Open.as_view()), path("guarded/", Guarded.as_view()), path("broken/", Broken.as_view())]
urlpatterns = [path("api/v1/", include(doors)), *urls.urlpatterns]
handler404, handler500, handler400 = urls.handler404, urls.handler500, urls.handler400
