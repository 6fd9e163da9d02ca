"""Alembic's entry: migrations run over the connection that store.session hands in."""

from alembic import context

from store import review_tables, tables

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=review_tables.AuditRow.metadata,
    render_as_batch=True,  # SQLite cannot alter tables in place
    compare_type=True,
    user_module_prefix=f"{tables.__name__}.",
)
with context.begin_transaction():
    context.run_migrations()
