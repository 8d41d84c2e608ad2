"""What granian serves beside the pages: live updates, without Django."""

from stoa.live.service import Service

application = Service()
