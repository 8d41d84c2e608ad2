"""People and organisations on the administration pages; staff of an organisation see their own only."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from stoa.accounts import queries
from stoa.accounts.models import Organisation, Person, Staff

# The same limits, second factors and codes as for everybody.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # allauth's own way in
admin.site.site_header = admin.site.site_title = "Stoa"


class NewPersonForm(AdminUserCreationForm):
    """Address, name and password."""

    class Meta:
        model = Person
        fields = ("email", "display_name")


@admin.register(Person)
class PersonAdmin(UserAdmin):
    """People: for administrators of the whole site."""

    add_form = NewPersonForm
    add_fieldsets = ((None, {"fields": ("email", "display_name", "usable_password", "password1", "password2")}),)
    fieldsets = (
        (None, {"fields": ("email", "password", "display_name")}),
        (_("Preferences"), {"fields": ("language", "time_zone", "low_data", "theme")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        (_("Dates"), {"fields": ("joined_at", "last_login")}),
    )
    readonly_fields = ("joined_at", "last_login")
    list_display = ("email", "display_name", "is_staff", "is_active", "joined_at")
    list_filter = ("is_staff", "is_superuser", "is_active")
    search_fields = ("email", "display_name")
    ordering = ("email",)


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    """Organisations: all of them for administrators, their own for staff."""

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ("name", "slug", "url")
    search_fields = ("name", "slug")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        """What the person may see."""
        return super().get_queryset(request) & _own(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Staff of any organisation find the page."""
        return _own(request).exists()

    def has_view_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        """Staff see their own."""
        own = _own(request)
        return own.exists() if obj is None else own.filter(pk=obj.pk).exists()

    def has_change_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        """Staff change their own."""
        return self.has_view_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Organisation | None = None) -> tuple[str, ...]:  # noqa: ARG002 -- Django's own signature
        """Addresses of pages hang on the slug: only administrators change it."""
        return () if getattr(request.user, "is_superuser", False) else ("slug",)


@admin.register(Staff)
class StaffAdmin(admin.ModelAdmin):
    """Who runs which organisation: staff look, administrators appoint."""

    list_display = ("person", "organisation", "since")
    list_filter = ("organisation",)
    autocomplete_fields = ("person", "organisation")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Staff]:
        """What the person may see."""
        return super().get_queryset(request).filter(organisation__in=_own(request)).select_related()

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Staff of any organisation find the page."""
        return _own(request).exists()

    def has_view_permission(self, request: HttpRequest, obj: Staff | None = None) -> bool:
        """Staff see their own organisations' people."""
        own = _own(request)
        return own.exists() if obj is None else own.filter(pk=obj.organisation_id).exists()


def _own(request: HttpRequest) -> QuerySet[Organisation]:
    person = request.user
    return queries.organisations_of(person) if isinstance(person, Person) else Organisation.objects.none()
