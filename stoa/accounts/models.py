"""People, the organisations they work for, and what each may still do in a while."""

from importlib import import_module
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from stoa.accounts.rules import addresses, names


class People(BaseUserManager["Person"]):
    """Finds people; `accounts.actions` makes them."""

    def create_user(self, email: str, password: str | None = None, **facts: object) -> "Person":
        """A person who may sign in with an e-mail address: for Django's own commands."""
        person = self.model(email=addresses.tidy(email), **facts)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **facts: object) -> "Person":
        """A person who may do everything: for Django's own commands."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **facts)

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person with this address, however it is spelled."""
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser, PermissionsMixin):
    """Someone with an account. The display name need not be the legal name."""

    email = models.EmailField(_("e-mail"), unique=True)
    display_name = models.CharField(_("display name"), max_length=names.LONGEST)
    language = models.CharField(_("language"), max_length=12, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    low_data = models.BooleanField(_("low data"), default=False)
    theme = models.CharField(_("theme"), max_length=8, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may open the administration pages"), default=False)
    joined_at = models.DateTimeField(_("joined"), default=now, editable=False)

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="addresses_are_lower_case")
        ]

    def __str__(self) -> str:
        return self.display_name or self.email

    def clean(self) -> None:
        """Bring the address and the name into the form in which they are kept."""
        try:
            self.email = addresses.tidy(self.email)
            self.display_name = names.tidy(self.display_name)
        except addresses.AddressRefused as refused:
            raise ValidationError({"email": _("Write the address like name@example.org.")}) from refused
        except names.NameRefused as refused:
            raise ValidationError({"display_name": _("Use at least one letter, and at most 80.")}) from refused

    @property
    def username(self) -> str:
        """What the event log calls the person: never the e-mail address."""
        return f"learner-{self.pk}"

    @property
    def initials(self) -> str:
        """Two letters for the avatar."""
        return names.initials(self.display_name)

    @cached_property
    def brings_in_courses(self) -> bool:
        """Whether the import page is open to the person."""
        return self.is_superuser or self.staff_of.exists()


class Organisation(models.Model):
    """A school, company or club that gives courses on this site."""

    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    url = models.URLField(blank=True)

    def __str__(self) -> str:
        return self.name


class Staff(models.Model):
    """A person who runs an organisation's courses on this site."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="staff")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="staff_of")
    since = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name_plural = "staff"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person"], name="one_staff_row_per_person_and_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.organisation}"


class Allowance(models.Model):
    """How much of a limit somebody has used: the moment up to which it is spent. A crash of the database forgets it."""

    key = models.CharField(primary_key=True, max_length=160)
    spent_until = models.DateTimeField(db_index=True)


class Session(AbstractBaseSession):
    """What the site remembers of one browser, and who is signed in there; it goes when they go."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta(AbstractBaseSession.Meta):
        pass

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """Where Django reads and writes it."""
        store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
        return store
