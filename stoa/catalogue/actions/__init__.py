"""What can be done in the catalogue."""

from stoa.catalogue.actions.featured import feature
from stoa.catalogue.actions.runs import CodeRefused, NothingToLearn, RunExists, WrongCourse, move_run, open_run
from stoa.catalogue.actions.teaching import teach
from stoa.catalogue.actions.versions import VersionInUse, adopt, take_back
from stoa.catalogue.actions.wishes import WisherTooYoung, WishRefused, unwish, wish

__all__ = [
    "CodeRefused",
    "NothingToLearn",
    "RunExists",
    "VersionInUse",
    "WishRefused",
    "WisherTooYoung",
    "WrongCourse",
    "adopt",
    "feature",
    "move_run",
    "open_run",
    "take_back",
    "teach",
    "unwish",
    "wish",
]
