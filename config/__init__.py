"""What people edit: registers, frameworks, lexicons, settings, and their loaders."""
