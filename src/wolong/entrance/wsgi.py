"""The web server's door."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wolong.entrance.settings")
application = get_wsgi_application()

# Most of the slowest answers of a large Django system wait for the garbage collector walking over what never dies.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 50, 50)
