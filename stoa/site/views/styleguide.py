"""Every part of the look on one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stoa.insights.queries.on_show import charts_on_show
from stoa.site.rules import on_show


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """The whole look, to be compared with what pages make of it."""
    return render(
        request,
        "site/styleguide/page.html",
        {
            "colours": on_show.COLOURS,
            "pillars": on_show.pillars(),
            "covers": on_show.COVERS,
            "facts": on_show.FACTS,
            "honest": {"scope": "6 weeks · run 14 · 4,182 participants", "rows": on_show.HONEST},
            "steps": on_show.STAGES,
            "bars": on_show.BARS,
            "kpis": on_show.KPIS,
            "message": on_show.MESSAGE,
            "charts": charts_on_show(),
        },
    )
