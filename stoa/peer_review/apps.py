from importlib import import_module

from django.apps import AppConfig


class PeerReviewConfig(AppConfig):
    name = "stoa.peer_review"
    label = "peer_review"

    def ready(self) -> None:
        # Reactions register themselves once the models of all rooms are there.
        import_module("stoa.peer_review.reactions")
