from django.apps import AppConfig


class CoursewareConfig(AppConfig):
    name = "stoa.courseware"
    label = "courseware"
