"""`corroborate schema`: the JSON schema of the records."""

import typer


def schema() -> None:
    """Print the JSON schema (draft 2020-12) that every record keeps to.

    Examples:

      corroborate schema > records.schema.json
    """
    import json

    from corroborate.model.schema import schema as records_schema

    typer.echo(json.dumps(records_schema(), indent=2))
