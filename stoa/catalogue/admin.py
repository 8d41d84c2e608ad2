"""The catalogue for staff: everyone sees the courses of their own organisations."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from stoa.accounts.models import Person
from stoa.accounts.queries import organisations_of
from stoa.catalogue.models import Course, Featured, Run, Subject, Teaching, Wish


class OfMyOrganisations(admin.ModelAdmin):
    """Shows what belongs to the organisations that one runs; `path` leads from the row to its organisation."""

    path = "course__organisation"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        """Only what belongs to the reader's organisations."""
        rows: QuerySet[Model] = super().get_queryset(request)
        if not isinstance(request.user, Person):
            return rows.none()
        return rows.filter(**{f"{self.path}__in": organisations_of(request.user).order_by()})

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only the reader's own courses can be chosen."""
        if db_field.related_model is Course and isinstance(request.user, Person):
            mine = Course.objects.filter(organisation__in=organisations_of(request.user).order_by())
            kwargs["queryset"] = mine.defer("search")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Course)
class CourseAdmin(OfMyOrganisations):
    """Courses: what their documents say stands fast, the subject may be chosen where they name none."""

    path = "organisation"
    list_display = ("title", "organisation", "subject", "language", "level", "weeks")
    list_filter = ("language", "subject")
    search_fields = ("title",)
    fields = ("title", "slug", "organisation", "subject", "summary", "language", "level")
    readonly_fields = ("title", "slug", "organisation", "summary", "language", "level")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Courses come in by import."""
        del request
        return False


@admin.register(Run)
class RunAdmin(OfMyOrganisations):
    """Runs: their dates and prices."""

    list_display = ("code", "course", "starts_at", "ends_at", "self_paced", "hidden")
    list_select_related = ("course",)
    search_fields = ("code", "course__title")
    readonly_fields = ("course", "version", "code")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Runs are opened by publishing."""
        del request
        return False


@admin.register(Featured)
class FeaturedAdmin(OfMyOrganisations):
    """Editors' choices, each with its reason and days."""

    list_display = ("course", "reason", "since", "until", "by")
    list_select_related = ("course", "by")


@admin.register(Teaching)
class TeachingAdmin(OfMyOrganisations):
    """Who gives which course."""

    list_display = ("person", "course", "role")
    list_select_related = ("person", "course")
    autocomplete_fields = ("person",)


@admin.register(Subject)
class SubjectAdmin(admin.ModelAdmin):
    """The subjects of the catalogue."""

    list_display = ("name", "slug", "landscape", "order")


@admin.register(Wish)
class WishAdmin(admin.ModelAdmin):
    """What people ask for."""

    list_display = ("words", "first_at")
    search_fields = ("words",)
