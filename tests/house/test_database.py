"""Migrations end in exactly the schema of the models, on both databases."""

import ast
from itertools import pairwise

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect

from models.tables import SCHEMA, TABLES
from tests.house.rooms import ROOT, tree

VERSIONS = sorted((ROOT / "models/migrations/versions").glob("0*.py"))


def test_migrations_end_in_the_models_schema(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": one_lacks_it}
        )
        different = compare_metadata(context, SCHEMA)
    assert different == [], "write a migration for what changed in the models"


def one_lacks_it(*compared: object) -> bool:
    """Whether only one of the two has a default; how each database spells it is its own affair."""
    _context, _column_there, _column_here, there, _value, here = compared
    return (there is None) != (here is None)


def test_every_table_is_listed(engine: Engine) -> None:
    listed = {str(table.__tablename__) for table in TABLES}
    assert listed == set(SCHEMA.tables), "add the table to models/tables.py"
    assert set(inspect(engine).get_table_names()) == listed | {"alembic_version"}


def test_migrations_are_numbered_in_a_row() -> None:
    revisions = []
    for path in VERSIONS:
        values = {
            target.id: ast.literal_eval(node.value)
            for node in tree(path).body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        assert path.name.startswith(f"{values['revision']}_"), f"{path.name} is revision {values['revision']}"
        revisions.append((values["down_revision"], values["revision"]))
    numbers = [None, *(f"{n:04d}" for n in range(1, len(VERSIONS) + 1))]
    assert revisions == list(pairwise(numbers))


def test_no_index_of_a_table_is_lost(engine: Engine) -> None:
    """SQLite forgets nothing silently: partial indexes and unique constraints stand in both databases."""
    found = inspect(engine)
    for table in SCHEMA.tables.values():
        wanted = {index.name for index in table.indexes}
        assert wanted <= {index["name"] for index in found.get_indexes(table.name)}, table.name
