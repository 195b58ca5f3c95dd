"""The engine that holds large tables: a DuckDB database in a folder of its own, within a fixed memory.

It reads the files it is given and nothing else: no network, no extensions, no other file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb
import ibis
import pyarrow as pa

from utils.curation.large_tables.parsing import quote_name, quote_text

MEMORY_MB: Final = 600
"""What DuckDB may hold; the rest is written to the folder. The process needs about as much besides."""
GROUP: Final = 131_072
"""Rows that are handed out at once."""


class Engine:
    """A database that lives as long as its folder."""

    def __init__(self, folder: Path, readable: Sequence[Path]) -> None:
        """Open a database in ``folder`` that may read the files ``readable``, and nothing else.

        It has one thread, so that sums and the order of rows are the same on every machine.
        """
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": f"{MEMORY_MB}MB",
            "threads": 1,
            "preserve_insertion_order": True,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        with _errors():
            self.connection = duckdb.connect(folder / "tables.duckdb", config=config)
            self._ibis = ibis.duckdb.from_connection(self.connection)
            files = ", ".join(quote_text(str(path.resolve())) for path in readable)
            for setting, value in (
                ("temp_directory", quote_text(str(folder / "spill"))),
                ("allowed_paths", f"[{files}]"),
                ("allowed_directories", f"[{quote_text(str(folder))}]"),
                ("disabled_optimizers", "'build_side_probe_side'"),
                ("enable_external_access", "false"),
                ("lock_configuration", "true"),
            ):
                self.connection.execute(f"SET {setting} = {value}")

    def close(self) -> None:
        """Close the database."""
        self.connection.close()

    def execute(self, sql: str, **tables: Any) -> list[tuple[Any, ...]]:
        """Run SQL over the database and Arrow ``tables``; return the rows of the answer.

        Raises ``MemoryError``, ``OSError`` or ``duckdb.InvalidInputException``.
        """
        with _errors():
            for name, table in tables.items():
                self.connection.register(name, table)
            try:
                return self.connection.execute(sql).fetchall()
            finally:
                for name in tables:
                    self.connection.unregister(name)

    def table(self, name: str) -> Any:
        """Return a table of the database as an Ibis table."""
        return self._ibis.table(name)

    def store(self, name: str, content: Any) -> Any:
        """Keep an Arrow table under a name; return it as an Ibis table."""
        self.execute(f"CREATE OR REPLACE TABLE {quote_name(name)} AS FROM content", content=content)
        return self.table(name)

    def save(self, name: str, expression: Any) -> Any:
        """Keep the rows of an expression under a name; return them as an Ibis table."""
        self.execute(f"CREATE OR REPLACE TABLE {quote_name(name)} AS {self._ibis.compile(expression)}")
        return self.table(name)

    def fetch(self, expression: Any) -> list[tuple[Any, ...]]:
        """Return the rows of an expression, which are few."""
        return self.execute(self._ibis.compile(expression))

    def batches(self, expression: Any, size: int = GROUP) -> Iterator[Any]:
        """Yield the rows of an expression in order, as Arrow tables of ``size`` rows, the last of fewer.

        Where there is no row, one table without rows is given.
        """
        with _errors():
            reader = self.connection.cursor().sql(self._ibis.compile(expression)).to_arrow_reader(size)
            rest = reader.schema.empty_table()
            is_first = True
            for batch in reader:
                rest = pa.concat_tables([rest, pa.Table.from_batches([batch])])
                while len(rest) >= size:
                    yield rest.slice(0, size).combine_chunks()
                    rest, is_first = rest.slice(size), False
        if len(rest) or is_first:
            yield rest.combine_chunks()


@contextmanager
def _errors() -> Iterator[None]:
    """Raise what a limit or the system caused as Python's own errors."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise MemoryError(str(error)) from error
    except duckdb.IOException as error:
        raise OSError(str(error)) from error
