import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "przystan.project.settings")
application = get_wsgi_application()
# What is loaded by now stays: walking it again and again for rubbish took half the time of the slowest pages.
gc.collect()
gc.freeze()
