"""A new database gets its tables as they are today: to replay how they came to be takes five times as long."""

from collections.abc import Iterable

from django.contrib.postgres.operations import CreateExtension
from django.db import connection, transaction
from django.db.migrations import Migration, RunPython, RunSQL
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import fields, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

Step = tuple[str, Operation]
# What changes tables: all that it leads to is in the last state of the models.
_OF_TABLES = (models.ModelOperation, models.IndexOperation, fields.FieldOperation)
_KNOWN = (*_OF_TABLES, CreateExtension, RunPython, RunSQL)
# Its tables come by SQL of its own, which can't run in one transaction; its migrations are quick.
_BY_ITSELF = "procrastinate"


def make_tables_if_new() -> None:
    """Make all tables of a new database at once; one that holds anything, or half, is left to the migrations."""
    executor = MigrationExecutor(connection)
    if not _is_new(executor):
        return
    executor.migrate([leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] == _BY_ITSELF])
    _make_tables(MigrationExecutor(connection))


def _is_new(executor: MigrationExecutor) -> bool:
    """True where no table of ours is there yet, and migrations do nothing that we don't know."""
    there = connection.introspection.table_names()
    ours = [name for name in there if not name.startswith((_BY_ITSELF, "django_migrations"))]
    return not ours and all(isinstance(operation, _KNOWN) for _, operation in _steps(_plan(executor)))


@transaction.atomic
def _make_tables(executor: MigrationExecutor) -> None:
    """Extensions, then the tables, then what migrations do by SQL and Python; all migrations count as applied."""
    plan = _plan(executor)
    state: ProjectState = executor.loader.project_state()
    others = [step for step in _steps(plan) if not isinstance(step[1], _OF_TABLES)]
    _run((step for step in others if isinstance(step[1], CreateExtension)), state)
    with connection.schema_editor() as editor:
        for model in state.apps.get_models():
            if model._meta.can_migrate(connection):  # noqa: SLF001 -- Django's own name for a public thing
                editor.create_model(model)
    _run((step for step in others if not isinstance(step[1], CreateExtension)), state)
    for migration in plan:
        executor.recorder.record_applied(migration.app_label, migration.name)


def _plan(executor: MigrationExecutor) -> list[Migration]:
    return [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def _steps(plan: Iterable[Migration]) -> Iterable[Step]:
    return ((migration.app_label, operation) for migration in plan for operation in migration.operations)


def _run(steps: Iterable[Step], state: ProjectState) -> None:
    for label, operation in steps:
        with connection.schema_editor() as editor:
            operation.database_forwards(label, editor, state, state)
