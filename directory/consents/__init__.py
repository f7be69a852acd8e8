"""Recording what people decide, and holding what is stored against what was recorded."""
