"""The URL for messages of other installations."""

from django.urls import path

from sauga.kernel.integration import views

machine = [path("installation/", views.receive_message, name="integration-message")]
