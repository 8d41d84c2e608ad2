"""What granian serves: the pages."""

import os

from django.core.wsgi import get_wsgi_application

from stoa.run.children import end_with_parent

end_with_parent()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
