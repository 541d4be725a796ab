"""``python -m models.migrate``: bring the database of the settings up to this checkout, and exit."""

from models.session import migrate

if __name__ == "__main__":
    migrate()
