"""The site with one more page of a partner, which asks for the second factor again."""

from django.http import HttpResponse
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as site
from registration.models import Role
from registration.views.partners.access import member_page, order_of

__all__ = ["handler400", "handler403", "handler404", "handler500"]


@member_page(at_least=Role.MANAGER, step_up=True)
def page(request, membership):
    from django.utils import timezone

    return HttpResponse(f"{request.method} {request.POST.get('word', '')} {order_of(request, timezone.now()).by}")


urlpatterns = [path("partners/<slug:slug>/guarded/", page, name="guarded"), *site]
