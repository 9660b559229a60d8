from django.apps import AppConfig
from django.contrib.admin import apps as admin


class AdminConfig(admin.AdminConfig):
    default = False
    default_site = "actors.admin_site.Site"


class ActorsConfig(AppConfig):
    default = True
    name = "actors"
    verbose_name = "Aktører"
