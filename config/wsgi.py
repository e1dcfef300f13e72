"""The WSGI application that the server runs."""

import os

from django.core.wsgi import get_wsgi_application

from config.warming import start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django_application = get_wsgi_application()

from config.published import Published  # noqa: E402  needs Django's settings

application = Published(django_application)
start()
