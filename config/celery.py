"""The Celery application: `celery -A config worker -B`."""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init, worker_init

from config import boot

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("enfranchise")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["registration"])
worker_init.connect(boot.before_work)
beat_init.connect(boot.before_work)
#: Seconds between looks for webhooks to send. One that no worker took by then is not wanted any more.
WEBHOOKS_EVERY = 5
app.conf.beat_schedule = {
    "forget-expired": {"task": "registration.forget_expired", "schedule": crontab(minute=17)},
    "deliver-webhooks": {
        "task": "registration.deliver_webhooks",
        "schedule": WEBHOOKS_EVERY,
        "options": {"expires": WEBHOOKS_EVERY},
    },
    "send-mail": {"task": "registration.send_mail", "schedule": crontab()},
}
