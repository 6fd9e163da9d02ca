"""The evaluators' room: a web app to look at evidence, decide, and follow a round."""
