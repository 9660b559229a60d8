"""What the views of people have in common."""

from django.views.decorators.http import require_http_methods

from medborger.common.limits import limited

form_page = require_http_methods(["GET", "HEAD", "POST"])
posting = limited("forms", "60/m", posts_only=True)
