"""Organizations and grants come in; who a person is and what lies in their scope is decided; predicates go out."""
