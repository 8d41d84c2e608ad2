from django.apps import AppConfig


class PeerReviewConfig(AppConfig):
    name = "stoa.peer_review"
    label = "peer_review"
