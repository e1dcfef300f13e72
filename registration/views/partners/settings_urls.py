"""The pages on which a partner sets things, under its own part of the dashboard."""

from django.urls import path

from registration.views.partners import keys, questions, sites, snippet, start, storing, webhook_log, webhooks, widget

urlpatterns = [
    path("sites/", sites.sites, name="sites"),
    path("sites/add/", sites.add, name="sites_add"),
    path("sites/<int:number>/remove/", sites.take_off, name="sites_remove"),
    path("widget/", widget.widget, name="widget"),
    path("widget/check/", widget.check, name="widget_check"),
    path("widget/preview/", widget.preview, name="widget_preview"),
    path("widget/preview.css", widget.preview_style, name="widget_preview_style"),
    path("widget/logo/", widget.logo, name="widget_logo"),
    path("widget/logo/remove/", widget.logo_remove, name="widget_logo_remove"),
    path("widget/logo.png", widget.logo_image, name="widget_logo_image"),
    path("snippet/", snippet.code, name="snippet"),
    path("questions/", questions.questions, name="questions"),
    path("questions/add/", questions.add, name="questions_add"),
    path("questions/<int:number>/", questions.change, name="questions_change"),
    path("questions/<int:number>/retire/", questions.retire, name="questions_retire"),
    path("questions/<int:number>/up/", questions.move_up, name="questions_move"),
    path("storing/", storing.storing, name="storing"),
    path("storing/change/", storing.change, name="storing_change"),
    path("keys/", keys.keys, name="keys"),
    path("keys/make/", keys.make, name="keys_make"),
    path("keys/<slug:identifier>/rotate/", keys.rotate, name="keys_rotate"),
    path("keys/<slug:identifier>/revoke/", keys.revoke, name="keys_revoke"),
    path("webhooks/", webhooks.webhooks, name="webhooks"),
    path("webhooks/add/", webhooks.add, name="webhooks_add"),
    path("webhooks/log/", webhook_log.log, name="webhooks_log"),
    path("webhooks/log/<uuid:public_id>/replay/", webhook_log.replay, name="webhooks_replay"),
    path("webhooks/<uuid:public_id>/", webhooks.change, name="webhooks_change"),
    path("webhooks/<uuid:public_id>/rotate/", webhooks.rotate, name="webhooks_rotate"),
    path("webhooks/<uuid:public_id>/remove/", webhooks.remove, name="webhooks_remove"),
    path("webhooks/<uuid:public_id>/test/", webhooks.test, name="webhooks_test"),
    path("tracking/", start.tracking, name="tracking"),
]
