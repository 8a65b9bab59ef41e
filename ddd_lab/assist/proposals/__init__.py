"""What a model suggests: the edits that a person makes, checked, shown, and taken one by one."""
