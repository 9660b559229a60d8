from django.apps import AppConfig


class ForumConfig(AppConfig):
    name = "collaboration.forum"
    label = "forum"
    verbose_name = "Koordinerende forum"
