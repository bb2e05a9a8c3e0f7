"""The supervisor: a home and an environment come in; what must run is decided; database, web and worker stay up."""
