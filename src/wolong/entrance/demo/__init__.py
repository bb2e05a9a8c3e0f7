"""The demo: one office area, one bad lift, all the way round the loop. Played through the rooms' own actions."""
