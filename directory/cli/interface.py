"""`civic schema`: the interface as a document."""

import click

from directory.api.schema import make_schema


@click.command("schema")
def schema() -> None:
    """Print the GraphQL schema, as it stands in schema.graphql at the project's root."""
    click.echo(make_schema().as_str())
