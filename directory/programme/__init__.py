"""The programme: the plan's targets against who is enrolled."""
