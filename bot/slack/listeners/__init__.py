"""What the app listens to, grouped as Slack groups it."""
