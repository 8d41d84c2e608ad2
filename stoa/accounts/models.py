"""People, the organisations they work for, and what each may still do in a while."""

from importlib import import_module
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from stoa.accounts.rules import addresses, names
from stoa.mail.queries import unread_notices


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
    reads = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    """Languages that the person reads with ease, beside the site's: primary subtags, as `ar`."""
    reads_some = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    """Languages that the person also reads, more slowly."""
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
    def unread_notices(self) -> int:
        """How many notices the person has not read; the session brings the number along."""
        return unread_notices(self.pk)

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


class Profile(models.Model):
    """What somebody chose to say about themselves. Empty: they would rather not. Nobody sees it; it is counted."""

    class Gender(models.TextChoices):
        FEMALE = "f", _("Female")
        MALE = "m", _("Male")
        OWN_WORDS = "o", _("In my own words")

    class Education(models.TextChoices):
        """The list of edX, so that courses of both can be compared."""

        DOCTORATE = "p", _("Doctorate")
        MASTER = "m", _("Master's or professional degree")
        BACHELOR = "b", _("Bachelor's degree")
        ASSOCIATE = "a", _("Associate degree")
        SECONDARY = "hs", _("Secondary or high school")
        JUNIOR_SECONDARY = "jhs", _("Junior secondary or middle school")
        PRIMARY = "el", _("Elementary or primary school")
        NONE = "none", _("No formal education")
        OTHER = "other", _("Other education")

    class Teaching(models.TextChoices):
        NOW = "now", _("I teach now")
        WAS = "was", _("I taught before")
        NEVER = "never", _("I never taught")

    class Status(models.TextChoices):
        STUDYING = "studying", _("I study")
        WORKING = "working", _("I work")
        BOTH = "both", _("I study and work")
        SEEKING = "seeking", _("I look for work")
        CARING = "caring", _("I care for others at home")
        RETIRED = "retired", _("I am retired")
        OTHER = "other", _("Something else")

    class Motive(models.TextChoices):
        CAREER = "career", _("To get on in my work")
        SWITCH = "switch", _("To change to other work")
        GRADUATE = "graduate", _("To get into or through a degree")
        HOBBY = "hobby", _("For the joy of it")
        SKILLS = "skills", _("For a skill that I need")
        CREDENTIAL = "credential", _("For a credential")
        GROWTH = "growth", _("To grow as a person")

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="profile")
    gender = models.CharField(max_length=1, blank=True, choices=Gender)
    gender_words = models.CharField(max_length=60, blank=True)
    """Kept here only: the log gets no more than that there are some."""
    year_of_birth = models.PositiveSmallIntegerField(null=True, blank=True)
    country = models.CharField(max_length=2, blank=True)
    education = models.CharField(max_length=5, blank=True, choices=Education)
    teaching = models.CharField(max_length=5, blank=True, choices=Teaching)
    subject_taught = models.CharField(max_length=80, blank=True)
    """The name of a subject of the catalogue."""
    status = models.CharField(max_length=10, blank=True, choices=Status)
    motive = models.CharField(max_length=10, blank=True, choices=Motive)

    def __str__(self) -> str:
        return f"profile of {self.person_id}"


class Guardianship(models.Model):
    """Somebody is young: until a guardian agrees they learn everything and post nothing that all can read."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="guardianship")
    since = models.DateTimeField()
    address = models.EmailField(blank=True)
    key = models.CharField(max_length=43, blank=True)
    """In the link to the guardian; empty once it was used."""
    asked_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"guardianship of {self.person_id}"
