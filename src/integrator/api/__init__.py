"""What the command line does, as functions: `import integrator` names them all, and the commands call them."""
