"""The directory: the application that departments, kiosks, the emergency desk and participants use."""
