"""What the server calls."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from niangjia.kit.names import reading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niangjia.config.settings")
application = get_wsgi_application()
reading("热")  # the dictionary of readings takes a second to load, which no reader should wait for
