"""URLs of the demo's own pages: /demo/ and /demo/mail/ redirect to the reader's language."""

from django.urls import path

from sauga.project.demo import views

public = [
    path("demo/", views.signins, name="demo-signins"),
    path("demo/mail/", views.mailbox, name="demo-mail"),
    path("demo/mail/<slug:number>/", views.letter, name="demo-letter"),
]
machine = [path("demo/", views.to_language), path("demo/mail/", views.to_language)]
