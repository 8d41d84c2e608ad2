"""Where granian finds the pages of Insights alone."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.standalone")
application = get_wsgi_application()
