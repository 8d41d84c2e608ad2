"""Sets Django up when it is imported, for the site that the environment names: import it before any room."""

import django

django.setup()
