"""The GraphQL interface: thin resolvers over the services."""

from directory.api.words import declare_words

# Before any type of the interface is read: a type takes the enums of its fields as it finds them.
declare_words()
