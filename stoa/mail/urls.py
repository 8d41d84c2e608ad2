from django.urls import URLPattern, URLResolver, path

from stoa.mail import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("inbox/", views.inbox, name="inbox"),
    path("notices/", views.notices, name="notices"),
    path("notices/readings/", views.readings, name="notice-readings"),
    path("notices/<int:number>/reading/", views.reading, name="notice-reading"),
    path("mail/unsubscription/<str:token>/", views.unsubscription, name="unsubscription"),
    path("mail/subscription/<str:token>/", views.subscription, name="subscription"),
]
