"""The application: schema, stores, planning, API, console and driver app."""
