"""The web server's door."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wolong.entrance.settings")
application = get_wsgi_application()
# Every page is loaded before the first request: nobody waits for it, and what was loaded is frozen below.
get_resolver().url_patterns  # noqa: B018

# Most of the slowest answers of a large Django system wait for the garbage collector walking over what never dies.
gc.collect()
gc.freeze()
# Rarely enough for the clock, often enough that no ten megabytes wait to be found.
gc.set_threshold(15_000, 10, 20)
