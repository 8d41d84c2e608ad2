"""Publishing hands over what every learner will see."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from hashlib import blake2b

from django.db import transaction

from stoa.catalogue.models import CourseVersion
from stoa.courseware.models import PublishedStep
from stoa.courseware.queries.outlines import forget
from stoa.courseware.rules.layouts import StepLayout


@transaction.atomic
def lay_out(*, version: CourseVersion, steps: Sequence[StepLayout]) -> None:
    """Keep the steps of a version, instead of those it had."""
    version.steps.all().delete()
    PublishedStep.objects.bulk_create([_published(version, step) for step in steps], batch_size=200)
    forget(version.pk)
    transaction.on_commit(partial(forget, version.pk))


def _published(version: CourseVersion, step: StepLayout) -> PublishedStep:
    parts = [asdict(part) for part in step.parts]
    seen = json.dumps([step.title, parts], sort_keys=True, ensure_ascii=False).encode()
    return PublishedStep(
        version=version,
        step_id=step.step_id,
        lesson_id=step.lesson_id,
        lesson_title=step.lesson_title[:300],
        module_id=step.module_id,
        module_title=step.module_title[:300],
        position=step.position,
        title=step.title[:300],
        kind=step.kind,
        minutes=step.minutes,
        sample=step.sample,
        hidden=step.hidden,
        opens=step.opens,
        due=step.due,
        fingerprint=blake2b(seen, digest_size=16).hexdigest(),
        parts=parts,
    )
