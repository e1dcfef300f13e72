"""The WSGI application that the server runs."""

import os

from django.core.wsgi import get_wsgi_application

from config import boot, relay, warming
from config.published import Published

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = Published(get_wsgi_application())
boot.refuse_unsafe()
warming.start()
relay.start()
