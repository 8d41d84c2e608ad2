from django.urls import URLPattern, URLResolver, path

from stoa.catalogue import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("wishes/", views.wishes, name="wishes"),
    path("wishes/<int:wish>/withdrawal/", views.withdrawal, name="wish-withdrawal"),
]
