"""What granian serves beside the pages: live updates, without Django."""

from stoa.live.service import Service
from stoa.run.children import end_with_parent

end_with_parent()
application = Service()
