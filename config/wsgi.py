"""The WSGI application that the server runs."""

import os

from django.core.wsgi import get_wsgi_application

import state_rules

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
state_rules.load_all()  # before the first request, and so that a file broken later never reaches the running site
