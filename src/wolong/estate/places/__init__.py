"""Areas, buildings, floors and rooms come in; what a selector means there is decided; places with their codes go out."""
