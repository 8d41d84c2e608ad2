"""`stoa peer-review score` as people type it, with tables as they come."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from stoa.peer_review.commands.scoring import peer_review

TABLE = "submission,rater,score\na,x,80\na,y,70\na,z,75\nb,x,60\nb,y,50\nb,z,58\nc,x,90\n"


def scored(*words: str | Path, given: bytes | None = None) -> Result:
    return CliRunner().invoke(peer_review, ["score", *map(str, words)], input=given)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "reviews.csv"
    path.write_text(TABLE)
    return path


def numbers(result: Result) -> dict[str, list[float]]:
    assert result.exit_code == 0, result.output
    return {
        one["submission"]: [one["score"], one["low"], one["high"], one["reviews"]]
        for one in json.loads(result.stdout)["scores"]
    }


def test_json_names_each_submission_once_with_its_interval(table: Path) -> None:
    found = scored(table, "--json")

    scores = json.loads(found.stdout)["scores"]

    assert [sorted(one) for one in scores] == [["high", "low", "reviews", "score", "submission"]] * 3
    assert [(one["submission"], one["reviews"]) for one in scores] == [("a", 3), ("b", 3), ("c", 1)]
    assert all(0 <= one["low"] < one["score"] < one["high"] <= 100 for one in scores)
    assert found.stderr == ""


def test_a_bare_interpreter_scores_without_a_site_or_django(table: Path) -> None:
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": os.environ.get("PYTHONPATH", ".")}

    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "stoa.cli", "peer-review", "score", table],
        check=True,
        capture_output=True,
        text=True,
        env=kept,
    )

    assert ran.stdout.splitlines()[0].split() == [
        "submission",
        "score",
        "90",
        "%",
        "interval",
        "reviews",
        "reviewers",
        "say",
        "likeliest",
    ]
    assert "How the scores came about" in ran.stdout
    assert "django" not in ran.stderr


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode("utf-8-sig"),
        TABLE.encode("utf-16"),
        TABLE.encode("utf-16-le"),
        TABLE.encode("utf-16-be"),
        TABLE.replace(",", ";").encode(),
        TABLE.replace(",", "\t").encode(),
        ("sep=;\n" + TABLE.replace(",", ";")).encode(),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("\n", "\r").encode(),
        TABLE.replace("submission,rater,score", " Submission , RATER,Score ").encode(),
        TABLE.replace("submission,rater,score", "submission_id,reviewer,points").encode(),
        TABLE.replace(",80\n", ",80.0\n").replace("\nb,x", "\n\n  \n b , x ").encode(),
        TABLE.replace(",", ";").replace("80", "80,0").encode(),
        b"comment,score,rater,submission\n"
        + b"\n".join(
            b'"two\nlines, and ""words""",%s,%s,%s' % (row[2], row[1], row[0])
            for row in (line.split(b",") for line in TABLE.encode().split()[1:])
        ),
    ],
    ids=range(14),
)
def test_tables_as_spreadsheets_write_them_give_the_same_scores(data: bytes) -> None:
    assert numbers(scored("-", "--json", given=data)) == numbers(scored("-", "--json", given=TABLE.encode()))


def test_bad_lines_are_named_with_what_to_do_and_stop_nothing() -> None:
    bad = "d,x,\nd,,5\n,x,5\nd,x,ninety\nd,x,120\nd,x,-1\nd,x,nan\nd,x,inf\nd\nd,x,1_0\n"

    found = scored("-", "--json", given=(TABLE + bad).encode())

    assert numbers(found) == numbers(scored("-", "--json", given=TABLE.encode()))
    lines = [line.partition(": set aside: ") for line in found.stderr.splitlines()]
    assert [line[0] for line in lines] == [f"standard input, line {number}" for number in range(9, 19)]
    assert lines[0][2] == "no score: give one, or take the line out"
    assert lines[1][2] == "no rater: name it, or take the line out"
    assert lines[3][2] == "ninety is no number: write it like 72 or 72.5"
    assert lines[4][2] == "120 is not from 0 to 100: correct it, or say where the scale ends with --out-of"
    assert len(json.loads(found.stdout)["set_aside"]) == 10


def test_a_quotation_mark_that_is_never_closed_costs_its_own_line_only() -> None:
    broken = TABLE.replace("b,x,60", 'b,"x,60')

    found = scored("-", "--json", given=broken.encode())

    assert numbers(found)["b"][3] == 2
    assert found.stderr.startswith("standard input, line 5: set aside: a quotation mark is out of place")


def test_a_rater_who_scores_the_same_work_twice_counts_once_with_the_later_score() -> None:
    found = scored("-", "--json", given=(TABLE + "a,x,20\n").encode())

    assert numbers(found) == numbers(scored("-", "--json", given=TABLE.replace("a,x,80", "a,x,20").encode()))
    assert "line 2: set aside: x scores a again on line 9: the later score counts" in found.stderr


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "it is empty"),
        (b"\xef\xbb\xbf\n \n", "it is empty"),
        (b"submission,rater,score\n", "no line could be used"),
        (b"submission,rater,score\na,x,many\n", "no line could be used"),
        (b"submission,score\na,5\n", "no column rater: line 1 must name the columns submission, rater, score"),
        (b"a,x,5\nb,x,6\n", "no column submission and no column rater and no column score"),
        (b"submission,rater,score,score\na,x,5,6\n", "the column score is there 2 times"),
        (bytes(range(256)) * 20, "no column submission"),
    ],
)
def test_a_table_with_nothing_to_score_is_refused_with_the_reason(data: bytes, says: str) -> None:
    found = scored("-", given=data)

    assert found.exit_code == 1
    assert says in found.stderr
    assert "Traceback" not in found.output


@pytest.mark.parametrize(
    "words",
    [["nowhere.csv"], ["-", "--out-of", "0"], ["-", "--out-of", "nan"], ["-", "--anchors", "-"], ["-", "--why", "q"]],
)
def test_wrong_use_is_told_apart(words: list[str]) -> None:
    assert scored(*words, given=TABLE.encode()).exit_code == 2


def test_scores_come_on_the_scale_of_the_table() -> None:
    fifth = "submission,rater,score\n" + "".join(
        f"{work},{rater},{float(points) / 20}\n"
        for work, rater, points in (line.split(",") for line in TABLE.split()[1:])
    )

    whole = numbers(scored("-", "--json", given=TABLE.encode()))
    small = numbers(scored("-", "--json", "--out-of", "5", given=fifth.encode()))

    for name, (score, low, high, reviews) in whole.items():
        assert small[name] == pytest.approx([score / 20, low / 20, high / 20, reviews], abs=0.001)


def test_a_scale_that_nobody_comes_near_is_questioned() -> None:
    found = scored("-", "--json", given=b"submission,rater,score\na,x,4\na,y,5\nb,x,3\n")

    assert found.exit_code == 0
    assert "note: no score is above 5.0 of 100: if the scale ends lower, say where with --out-of" in found.stderr


def test_anchors_count_and_those_without_a_review_are_named(table: Path, tmp_path: Path) -> None:
    staff = tmp_path / "staff.csv"
    staff.write_text("Submission;Score\nb;20\nq;50\nb;bad\n")

    found = scored(table, "--anchors", staff, "--json")

    assert numbers(found)["b"][0] < numbers(scored(table, "--json"))["b"][0] - 15
    assert "staff.csv, line 4: set aside: bad is no number" in found.stderr
    assert "left out: q" in found.stderr
    assert "from 5 on they tell how high all reviewers mark" in found.stderr


def test_one_score_is_taken_apart(table: Path) -> None:
    told = scored(table, "--why", "a").stdout

    assert told.startswith("a: ")
    assert told.count(" gave ") == 3
    assert "One more review by a usual reviewer would make it:" in told


def test_names_in_every_script_are_kept_apart_and_together() -> None:
    composed, apart = "\u00e9", "e\u0301"
    rows = f"submission,rater,score\n{composed},x,50\n{apart},y,60\nعمل,ز,70\n作品,评,80\n"

    assert {name: row[3] for name, row in numbers(scored("-", "--json", given=rows.encode())).items()} == {
        composed: 2,
        "عمل": 1,
        "作品": 1,
    }
