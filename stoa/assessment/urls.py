"""Addresses of quizzes."""

from django.urls import URLPattern, URLResolver, path

from stoa.assessment.views import quizzes, statistics

QUIZ = "courses/<slug:course>/runs/<slug:run>/quizzes/<str:item>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("courses/<slug:course>/runs/<slug:run>/quizzes/", statistics.statistics, name="quiz-statistics"),
    path(QUIZ, quizzes.quiz, name="quiz"),
    path(f"{QUIZ}answers/", quizzes.answers, name="quiz-answers"),
    path(f"{QUIZ}attempts/", quizzes.attempts, name="quiz-attempts"),
    path(f"{QUIZ}hints/", quizzes.hints, name="quiz-hints"),
    path(f"{QUIZ}sitting/", quizzes.sitting, name="quiz-sitting"),
]
