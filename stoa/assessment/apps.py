from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "stoa.assessment"
    label = "assessment"
