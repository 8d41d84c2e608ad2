"""What staff see of Insights in the administration."""

from django.contrib import admin

from stoa.insights.models import ResearchAccess


@admin.register(ResearchAccess)
class ResearchAccessAdmin(admin.ModelAdmin):
    """Who may look as a researcher, and why."""

    list_display = ("person", "reason", "at")
    autocomplete_fields = ("person",)
    search_fields = ("person__email", "reason")
