"""The WSGI application that the server runs."""

import os

from django.core.wsgi import get_wsgi_application

from config import relay, warming
from config.published import Published

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = Published(get_wsgi_application())
warming.start()
relay.start()
