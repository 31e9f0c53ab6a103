"""The service kit: what every service needs and none should write again. `lists`: the list page of the desk."""
