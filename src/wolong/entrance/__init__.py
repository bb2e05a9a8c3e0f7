"""Where one comes in: settings, addresses, home, the command line and the supervisor. It only composes."""
