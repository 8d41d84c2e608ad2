"""Spark gives the same tables as DuckDB, in every column: on this machine, and on a cluster of a master and workers."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from unittest.mock import patch

import pytest

from stoa.insights.engine.demo.making import make
from stoa.insights.engine.metrics import whole
from stoa.insights.engine.metrics.build import build
from stoa.insights.engine.metrics.engines import Starts
from stoa.insights.engine.metrics.making import PERSON_COURSE, STATE_MAKINGS
from stoa.insights.engine.reading.ingest import ingest
from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.tests.metrics.test_tables import a_busy_world, is_counted
from stoa.insights.tests.metrics.warehouses import a_warehouse, rows_of

pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java 17"),
    pytest.mark.skipif(find_spec("pyspark") is None, reason="Spark is an extra that is not installed"),
    pytest.mark.xdist_group("spark"),
    pytest.mark.timeout(900),
    pytest.mark.enable_socket,
]

#: What registrations are told from, and the registrations.
REGISTRATIONS = (*STATE_MAKINGS, PERSON_COURSE)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spark")
    make(folder, events=6_000, seed=3, tell=lambda _: None)
    warehouse = Warehouse(folder / "w")
    with warehouse.alone():
        ingest(warehouse, [folder / "logs"], now=4_000_000_000_000_000)
    return folder


def tables(warehouse: Warehouse) -> dict[str, list[dict[str, object]]]:
    return {making.part: [dict(row) for row in rows_of(warehouse, making.part)] for making in REGISTRATIONS}


#: For a few thousand rows Spark's plans are interpreted: compiling them takes longer than running them.
SMALL = {
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


def spark_on(master: str) -> Starts:
    # An extra: not imported where the whole file is skipped.
    starts: Starts = partial(import_module("stoa.insights.engine.metrics.spark").spark, master=master, settings=SMALL)
    return starts


def test_whatever_happened_is_counted_as_by_hand(tmp_path: Path) -> None:
    busy = a_busy_world()
    warehouse = a_warehouse(tmp_path, busy)

    build(warehouse, engine=spark_on("local[2]"))

    is_counted(warehouse, busy)


def test_on_a_cluster_of_a_master_and_two_workers(world: Path) -> None:
    warehouse = Warehouse(world / "w")
    with warehouse.alone():
        build(warehouse)
        by_duckdb = tables(warehouse)
        # The other tables are made of these by expressions that the test above runs.
        few = patch.multiple(whole, MAKINGS=REGISTRATIONS, COMPUTINGS=())
        with few, a_cluster(world) as master:
            build(warehouse, engine=spark_on(master))

    by_spark = tables(warehouse)
    assert all(by_spark.values())
    assert by_spark == by_duckdb


@contextmanager
def a_cluster(folder: Path) -> Iterator[str]:
    """Spark's own standalone cluster, on loopback."""
    port, page = free_port(), free_port()
    master = f"spark://127.0.0.1:{port}"
    started = [
        spark_class("master.Master", ["--host", "127.0.0.1", "--port", str(port), "--webui-port", str(page)], folder)
    ]
    try:
        wait_for(port)
        for _ in range(2):
            words = ["--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--webui-port", str(free_port())]
            started.append(spark_class("worker.Worker", [*words, "--work-dir", str(folder / "work"), master], folder))
        yield master
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(timeout=30)


def spark_class(name: str, words: list[str], folder: Path) -> subprocess.Popen[bytes]:
    found = find_spec("pyspark")
    assert found
    assert found.origin
    home = Path(found.origin).parent
    environment = os.environ | {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_NO_DAEMONIZE": "1"}
    log = (folder / f"{name}.log").open("ab")
    command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *words]
    with log:
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("Spark's master did not start")
