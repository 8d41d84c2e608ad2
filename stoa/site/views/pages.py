"""Pages of words: help, accessibility, licence, your data, source code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def words(request: HttpRequest, page: str) -> HttpResponse:
    """One page of words."""
    return render(request, f"site/pages/{page}.html")
