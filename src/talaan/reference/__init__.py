"""Countries, organisations, systems, classes, memberships and restrictions as data, and one resolver over them."""
