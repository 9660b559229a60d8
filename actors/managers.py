"""Create users with a mail address, a phone number, or both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager

from medborger.common import clock

if TYPE_CHECKING:
    from actors.models import User


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, email: str | None = None, password: str | None = None, *, phone: str | None = None, **fields: Any
    ) -> User:
        """A user with a log-in. Without a password only one-time codes work. Raises IntegrityError with neither address nor number."""
        user = self.model(
            email=self.normalize_email(email).lower() if email else None,
            phone=phone or None,
            joined_at=clock.now(),
            **fields,
        )
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_admin=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=username)
