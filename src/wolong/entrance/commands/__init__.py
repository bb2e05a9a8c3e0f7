"""The commands of `wolong`, one file a theme, each with `register(app)`.

Django is imported inside the commands that need it: `wolong lint` reads a text and starts at once, without a database.
"""
