"""What the fitted models say of their own inputs."""
