"""Contact lists: the people a department may reach, each as far as they agreed."""
