"""The ASGI application, for servers that want one."""

import os

from django.core.asgi import get_asgi_application

from config import boot, relay, warming

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_asgi_application()
boot.refuse_unsafe()
warming.start()
relay.start()
