"""The University of Auckland's reviews: 247 submissions, three peers and three tutors each, 14 points in all."""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from stoa.peer_review.rules.scoring.estimator import estimate
from stoa.peer_review.rules.scoring.marks import Floats, marks_of
from stoa.peer_review.rules.scoring.values import Anchor, Review
from stoa.peer_review.tests.scoring.crowds import rmse

ROOT = Path(__file__).resolve().parents[4]
REVIEWS = ROOT.parent / "shared" / "data" / "peer_grading"
POINTS = 14.0

pytestmark = pytest.mark.skipif(not REVIEWS.is_dir(), reason=f"no reviews of others in {REVIEWS}")


def peer_reviews() -> list[Review]:
    with (REVIEWS / "statbiscuit_peer_grades.csv").open() as file:
        return [
            Review(submission=row["file_name"], rater=row["assessor_id"], points=100.0 * float(row["score"]) / POINTS)
            for row in csv.DictReader(file)
        ]


def tutors(names: tuple[str, ...]) -> Floats:
    totals = defaultdict(list)
    with (REVIEWS / "statbiscuit_tutor_grades.csv").open() as file:
        for row in csv.DictReader(file):
            totals[row["file_name"]].append(100.0 * float(row["total"]) / POINTS)
    return np.array([np.mean(totals[name]) for name in names])


def test_ten_anchors_bring_the_error_from_nine_points_to_five_and_a_half() -> None:
    marks = marks_of(peer_reviews())
    truth = tutors(marks.submissions)
    errors, held = [], []
    for seed in range(50):
        chosen = np.random.default_rng(seed).choice(len(truth), 10, replace=False)
        unread = np.ones(len(truth), dtype=bool)
        unread[chosen] = False
        found = estimate(
            marks, [Anchor(submission=marks.submissions[place], points=float(truth[place])) for place in chosen]
        ).official
        errors.append((rmse(found.score, truth), rmse(found.score[unread], truth[unread])))
        held += list(((found.low <= truth) & (truth <= found.high))[unread])

    everywhere, unread_only = np.mean(errors, axis=0)

    assert everywhere <= 5.6
    assert unread_only <= 5.6
    assert 0.86 <= np.mean(held) <= 0.96


def test_without_anchors_scores_are_nearer_than_the_mean_and_the_median() -> None:
    reviews = peer_reviews()
    marks = marks_of(reviews)
    truth = tutors(marks.submissions)
    given = defaultdict(list)
    for review in reviews:
        given[review.submission].append(review.points)
    means = np.array([np.mean(given[name]) for name in marks.submissions])
    medians = np.array([np.median(given[name]) for name in marks.submissions])

    found = estimate(marks).official

    assert round(rmse(medians, truth), 2) == 9.44
    assert rmse(found.score, truth) <= 0.9 * rmse(means, truth)
    assert 0.86 <= np.mean((found.low <= truth) & (truth <= found.high)) <= 0.96
